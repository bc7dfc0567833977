// Two requirements in one item: they can't be numbered, tested or dropped one by one.

import { modalWords } from '../statement/modality.ts'
import { statementLine, type WordingNotice, type WordingSubject } from './notice.ts'

/** Between two obligations: a new clause with a subject of its own, or none. */
const joint =
  /(?:^|[\s,])(?:and|but)\s+(?:then\s+|also\s+)?(?:[^\s,.;:]+\s+){0,5}$|;\s+(?:[^\s,.;:]+\s+){0,8}$|[.!?]["”)]?\s+(?:[^\s.;:]+\s+){0,12}$/i
/** Clauses that only describe: "a user who must …", "so that it can …", "if it must". */
const subordinate =
  /\b(?:that|which|who|whom|whose|where|when|if|unless|because|so|until|while|as|whether|how|what)\s+(?:[^\s.;]+\s+){0,16}$/i

/** How far before a modal word its clause is looked for, in units. */
const reachUnits = 240

/** A notice at the second obligation of a statement. Scenarios and stories have several steps on purpose, and so have the cells of a row. */
export function findTwoInOne({ kind, statement }: WordingSubject): WordingNotice[] {
  if (kind === 'scenario' || kind === 'story' || kind === 'row') return []
  const line = statementLine(statement.text)
  const binding = modalWords(line).filter(({ modality, from }) => modality !== 'may' && from >= statement.mainFrom)
  const [first, ...others] = binding
  if (first === undefined) return []
  const second = others.find(({ from }) => {
    const before = line.slice(Math.max(first.to, from - reachUnits), from)
    return joint.test(before) && !subordinate.test(line.slice(Math.max(first.to, from - reachUnits, line.lastIndexOf('.', from)), from))
  })
  if (second === undefined) return []
  return [
    {
      rule: 'two_in_one',
      from: second.from,
      to: second.to,
      message: 'Here a second requirement begins.',
      fix: 'Make it an item of its own.',
    },
  ]
}
