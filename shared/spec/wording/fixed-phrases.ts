// Families that go by their words alone: escape clauses, open ends, absolutes.

import type { WordingNotice, WordingRule, WordingSubject } from './notice.ts'

interface PhraseRule {
  readonly rule: WordingRule
  readonly pattern: RegExp
  readonly message: string
  readonly fix: string
}

const phrases: readonly PhraseRule[] = [
  {
    rule: 'escape_clause',
    pattern:
      /\b(?:(?:as|so)\s+far\s+as\s+(?:is\s+)?(?:possible|practicable|feasible)|as\s+much\s+as\s+possible|(?:if|when|where|whenever|wherever|as|unless)\s+(?:(?:it\s+is|this\s+is)\s+)?(?:possible|necessary|needed|feasible|practical|practicable|appropriate|reasonable|convenient)|as\s+(?:required|applicable)|where\s+applicable|to\s+the\s+extent\s+(?:possible|practicable|that\s+is\s+possible)|best[\s-]efforts?|ideally)\b/gi,
    message: 'This leaves it open whether it has to be done at all.',
    fix: 'Say under which condition it holds, or drop the words.',
  },
  {
    rule: 'open_end',
    pattern:
      /(?:\betc\b\.?|\band\s+so\s+(?:on|forth)\b|\bincluding,?\s+but\s+not\s+limited\s+to\b|\b(?:and|or)\s+(?:the\s+like|similar|others?\s+similar)\b|\bamong\s+others\b|\band\s+more(?=[.,;)]|$)|\bto\s+name\s+a\s+few\b)/gi,
    message: 'The list has no end, so nobody can tell when it is done.',
    fix: 'List all that is meant, or say what belongs to it.',
  },
  {
    rule: 'absolute',
    pattern:
      /(?:\balways\b|\bnever\b|(?<![\d.,])100\s?(?:%|percent\b)|\b(?:at\s+all\s+times|under\s+all\s+circumstances|in\s+all\s+cases)\b|\bzero\s+(?:downtime|defects|bugs|errors|data\s+loss)\b)/gi,
    message: 'Nothing can be tested to hold without any exception.',
    fix: 'Give a bound that can be measured, or the cases that are meant.',
  },
]

/** Notices of fixed phrases. `never` behind a modal forbids, and is no claim: "must never log passwords". */
export function findFixedPhrases({ statement: { text } }: WordingSubject): WordingNotice[] {
  const found: WordingNotice[] = []
  for (const { rule, pattern, message, fix } of phrases) {
    for (const match of text.matchAll(pattern)) {
      const isProhibition =
        /^never$/i.test(match[0]) &&
        /\b(?:must|shall|should|may|will|can|and|or|to)\s+$/i.test(text.slice(Math.max(0, match.index - 10), match.index))
      if (!isProhibition) found.push({ rule, from: match.index, to: match.index + match[0].length, message, fix })
    }
  }
  return found
}
