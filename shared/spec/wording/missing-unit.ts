// Numbers that need a unit and have none: "timeout: 30".

import type { WordingNotice, WordingSubject } from './notice.ts'

const measured =
  /\b(?:time[\s-]?outs?|latency|(?:response|load|start|wait|recovery|processing)\s+times?|delays?|durations?|intervals?|ttl|expiry|expiration|retention|period|size|memory|storage|bandwidth|throughput|cost|price|weight|distance|height|width|temperature|speed|lifetime|rto|rpo)\s*$/i
const dimensionless = /\b(?:page|batch|block|pool|group|team|sample|step|queue|cache|font|key|window|list|grid|field)\s+size\s*$/i

/** Notices of numbers without a unit where what they bound has one. */
export const findMissingUnits = ({ statement }: WordingSubject): WordingNotice[] =>
  statement.quantities
    .filter(
      ({ dimension, unit, per, attribute }) =>
        dimension === 'count' &&
        unit === '' &&
        per === null &&
        attribute !== null &&
        measured.test(attribute) &&
        !dimensionless.test(attribute),
    )
    .map(({ from, to, attribute }) => ({
      rule: 'missing_unit',
      from,
      to,
      message: `The number for “${attribute ?? ''}” has no unit.`,
      fix: 'Add one: ms, s, MB, %, …',
    }))
