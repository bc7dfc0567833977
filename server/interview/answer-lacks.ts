// What an answer lacks: vague words that need a number, an example, an actor or a date, and parts that the question asked for.

import { vagueTerms, type Clarification } from '../../shared/domain/vague-terms.ts'
import { readStatement } from '../../shared/spec/statement/statement.ts'
import type { BankQuestion, MissingPart } from './bank/bank-question.ts'

/** What is missing, and the vague word that shows it, if one does. */
export interface Lack {
  readonly part: MissingPart
  readonly term: string | null
}

const partFor: Readonly<Record<Clarification, MissingPart>> = {
  number: 'number',
  example: 'example',
  actor: 'actor',
  list: 'example',
  decision: 'deadline',
}

const unknowing =
  /^(?:(?:well|hm+|honestly|sorry|no|um)\b[\s,.!]*)*(?:i (?:do not|don't|dont) know|not sure|no idea|i(?:'m| am) not sure|hard to say|we (?:do not|don't) know)/i

/** Whether an answer only says that its author does not know. */
export const isUnknowing = (answer: string): boolean => unknowing.test(answer.trim())

const numberWord =
  /\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|fifty|hundred|thousand|million|dozen|half|third|quarter|twice|once|none|nobody|zero|never|nothing|no)\b/i
const dateWord =
  /\b(?:january|february|march|april|may|june|july|august|september|october|november|december|monday|tuesday|wednesday|thursday|friday|saturday|sunday|today|tomorrow|(?:next|this|end of|by) (?:the )?(?:year|month|week|quarter|spring|summer|autumn|fall|winter)|q[1-4]|20\d\d|within|after|before|until|at once|immediately|never)\b|\d+\s*(?:h|hours?|days?|weeks?|months?|years?|minutes?)\b/i
const actorWord =
  /\b(?:i|we|me|us|he|she|they|everyone|everybody|nobody|people|team|staff|users?|customers?|clients?|management|head|lead|chief|\p{L}{2,}(?:er|or|ist|ant|ent|ian|man|woman|ers|ors|ists|ants|ents|ians|men)|nurses?|desk|department|office|board|council|company|firm|agency|it|cto|ceo|cfo|dpo|ops|devops|legal|finance|security)\b/iu
const conditionWord =
  /\b(?:if|when|while|unless|until|except|only|during|after|before|once|whenever|where|in case|otherwise|always|never|none|no|nothing|not|outside|without)\b/i
/** So many words give some picture of what is meant. */
const pictureWords = 7

const has: Readonly<Record<MissingPart, (answer: string) => boolean>> = {
  number: (answer) => numberWord.test(answer) || readStatement(answer).quantities.length > 0,
  example: (answer) =>
    wordsIn(answer) >= pictureWords ||
    /\b(?:for example|for instance|such as|e\.g\.|like|none|nothing|nobody|no)\b|["“:,]|\d/i.test(answer),
  actor: (answer) => actorWord.test(answer) || /(?:^|[^.!?]\s)[A-Z]\p{Ll}+/u.test(answer.slice(1)),
  condition: (answer) => conditionWord.test(answer) || wordsIn(answer) >= pictureWords,
  deadline: (answer) => dateWord.test(answer),
}

/** Words that say that there are cases, and not which. */
const hedged = /\b(?:it depends|depends|sometimes|usually|normally|mostly|generally|typically|in (?:most|some) cases|not always)\b/i

/** How a question begins that a number, somebody or a date answers; any other is answered by what it is about. */
const asksFor: readonly (readonly [MissingPart, RegExp])[] = [
  ['deadline', /^(?:on (?:which|what) (?:day|date)|what date|by when|until when)\b/i],
  [
    'number',
    /\b(?:how (?:many|much|long|often|old|large|quickly|soon|far)|which (?:number|share|sum)|what (?:number|share|sum|factor)|may it cost)\b/i,
  ],
  ['actor', /^(?:(?:to|from|for|by|against) )?(?:who|whom|whose)\b/i],
]

/** What a whole answer has to hold, if the bank knows how to ask for it. */
export function expectedPart({ question, followUps }: BankQuestion): MissingPart | undefined {
  const part = asksFor.find(([, beginning]) => beginning.test(question))?.[0] ?? 'example'
  return followUps[part] === undefined ? undefined : part
}

const facts: ReadonlySet<MissingPart> = new Set(['number', 'actor', 'deadline'])

const wordsIn = (text: string): number => text.match(/\S+/g)?.length ?? 0

/** What an answer to a question lacks, the most telling first; nothing where the answer is one of those that were offered. */
export function lacksOf(answer: string, question: BankQuestion | undefined): Lack[] {
  if (question?.suggestions.some((offered) => isSame(offered, answer))) return []
  if (isUnknowing(answer)) return [{ part: 'actor', term: null }]
  const vague: Lack[] = vagueTerms(answer).map(({ term, clarification }) => ({ part: partFor[clarification], term }))
  const hedge = hedged.exec(answer)?.[0]
  if (hedge !== undefined) vague.push({ part: 'condition', term: hedge.toLowerCase() })
  const expected = question && expectedPart(question)
  const missing = expected !== undefined && !has[expected](answer) ? [{ part: expected, term: null }] : []
  const seen = new Set<MissingPart>()
  // A fact that the question was about comes before any word.
  const isFact = expected !== undefined && facts.has(expected)
  return [...(isFact ? missing : []), ...vague, ...missing].filter(({ part }) => !seen.has(part) && seen.add(part))
}

const isSame = (one: string, other: string): boolean => plain(one) === plain(other)
const plain = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
