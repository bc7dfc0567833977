// What must be done, with nobody named who does it. Only deeds that someone answers for are marked: that data is stored needs no name.

import { statementLine, type WordingNotice, type WordingSubject } from './notice.ts'

const deeds =
  'approved|authorized|authorised|reviewed|checked|confirmed|verified|validated|inspected|audited|monitored|notified|informed|alerted|contacted|trained|reported|escalated|documented|signed|signed\\s+off|decided|agreed|assigned|appointed|consulted|discussed|tested|investigated|maintained|supervised|granted|revoked|rejected|considered|addressed|ensured|provided|managed|handled|coordinated|communicated|announced|evaluated|assessed|tracked'
const passive = new RegExp(
  String.raw`\b(?:must|shall|should|will|has\s+to|have\s+to|needs?\s+to)\s+(?:not\s+|never\s+|also\s+|always\s+)?be\s+(?:\p{L}+ly\s+)?(?:${deeds})\b(?!\s+as\b)`,
  'giu',
)
/** Words that name who does it, or how it is done by itself. */
const agent =
  /\b(?:by|through|via|using)\s+(?:an?\s+|the\s+|its\s+|all\s+|any\s+|each\s+|two\s+|\p{Lu}|\p{L}+(?:s|ers?|ors?|ing)\b)|\bautomatically\b/iu

/** Notices of passives without an actor. */
export function findPassives({ statement: { text } }: WordingSubject): WordingNotice[] {
  const line = statementLine(text)
  const found: WordingNotice[] = []
  for (const match of line.matchAll(passive)) {
    const sentence = line.slice(match.index, sentenceEnd(line, match.index))
    if (agent.test(sentence) || /\bautomatically\b/i.test(line)) continue
    found.push({
      rule: 'passive_without_actor',
      from: match.index,
      to: match.index + match[0].length,
      message: 'It does not say who does this.',
      fix: 'Name who: “The reviewer must …”, “The system must …”.',
    })
  }
  return found
}

function sentenceEnd(text: string, from: number): number {
  const end = text.slice(from).search(/[.;](?:\s|$)/)
  return end < 0 ? text.length : from + end
}
