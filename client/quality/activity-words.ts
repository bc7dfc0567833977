// Says what somebody did in a project, in a sentence.

import { activityAuditKinds } from '../../shared/domain/activity-kinds.ts'
import type { Activity } from '../../shared/wire/activity.ts'
import { describeEvent } from '../ui/audit-words.ts'

type AuditActivity = (typeof activityAuditKinds)[number]
type OtherActivity = Exclude<Activity['kind'], AuditActivity>

const isAudit = (kind: Activity['kind']): kind is AuditActivity => (activityAuditKinds as readonly string[]).includes(kind)

const others: Record<OtherActivity, (who: string, detail: (key: string) => string) => string> = {
  'spec.edited': (who) => `${who} worked on the text`,
  'conflict:opened': (_, detail) => `${capital(kindOf(detail))} came up${because(detail)}`,
  'conflict:updated': (who, detail) =>
    who ? `${who} decided on ${kindOf(detail)}${because(detail)}` : `${capital(kindOf(detail))} changed${because(detail)}`,
  'conflict:closed': (who, detail) =>
    who && detail('closedBy') !== 'text'
      ? `${who} resolved ${kindOf(detail)}${because(detail)}`
      : `${capital(kindOf(detail))} is gone from the text${because(detail)}`,
  'message:finished': (who) => `${who || 'Somebody'} answered in the interview`,
  'generation:finished': () => 'A build was generated',
}

/** The sentence; people are named as they are called now, those whose account is gone as former members. */
export function describeActivity({ id, at, kind, people, subject, details }: Activity): string {
  const [first] = people
  if (isAudit(kind)) {
    const actor = { actorId: first?.userId ?? null, actorName: first?.name ?? null }
    return describeEvent({ id, at, kind, ...actor, subjectId: subject?.userId ?? null, subjectName: subject?.name ?? null, details })
  }
  return others[kind](listed(people.map(({ name }) => name ?? 'a former member')), (key) => String(details[key] ?? ''))
}

/** A contradiction, an inconsistency. */
const kindOf = (detail: (key: string) => string): string => {
  const kind = detail('kind') || 'conflict'
  return `${/^[aeiou]/i.test(kind) ? 'an' : 'a'} ${kind}`
}
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)
const because = (detail: (key: string) => string): string => detail('why') && `: ${detail('why')}`

const shown = 3

function listed(names: readonly string[]): string {
  const named = names.slice(0, shown)
  const rest = names.length - named.length
  const parts = rest > 0 ? [...named, `${rest} more`] : named
  return parts.length < 2 ? (parts[0] ?? '') : `${parts.slice(0, -1).join(', ')} and ${parts.at(-1) ?? ''}`
}
