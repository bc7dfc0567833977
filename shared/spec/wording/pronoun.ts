// An item that begins with "It" or "This": read alone, in a list or a conflict, it is about nothing.

import type { WordingNotice, WordingSubject } from './notice.ts'

const opening = /^(it|they|this|these|those|he|she)\s+(?:must|shall|should|will|may|can|cannot|is|are|has|have|needs?|does|do|also|only)\b/i
/** "It shall be possible to …" is about what follows. */
const expletive =
  /^it\s+(?:must|shall|should|will|may|is)\s+(?:not\s+)?(?:also\s+)?(?:be\s+)?(?:possible|forbidden|prohibited|allowed|permitted|required|necessary|mandatory|recommended|assumed|expected|clear|highly|desirable|not\s+possible)\b/i

/** A notice for a pronoun that nothing in the item explains; a lead-in does, and so does a condition before it. */
export function findPronouns({ text, bodyFrom, statement }: WordingSubject): WordingNotice[] {
  if (bodyFrom > 0 || statement.mainFrom > 0) return []
  const match = opening.exec(text.slice(0, 40))
  const word = match?.[1] ?? ''
  if (match === null || expletive.test(text.slice(0, 80))) return []
  return [
    {
      rule: 'pronoun_without_referent',
      from: 0,
      to: word.length,
      message: `“${word}” stands for something outside this item.`,
      fix: 'Name what it stands for.',
    },
  ]
}
