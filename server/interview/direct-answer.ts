// The built-in answer to what somebody wrote freely: what the spec decides about it, what clashes in that, and what it does not say yet.

import { categoryName } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'
import { bankFor } from './pick-question.ts'
import { categorySpokenOf } from './category-cues.ts'
import type { InterviewContext } from './interviewer.ts'
import { topicOf } from './question-frame.ts'

/** The most items, and the most open points, that an answer names. */
const maxNamed = 5
const maxMissing = 2
const quotedUnits = 240

/** Answers the words that were written last. */
export function directAnswer(context: InterviewContext): string {
  const { items, conversation, conflicts } = context
  const said = conversation.findLast(({ role }) => role === 'person')
  const topic = topicOf(said?.text ?? '')
  const taken = items.filter(({ messageId }) => said !== undefined && messageId === said.id)
  const decided = nearest(topic, items).filter((item) => !taken.includes(item))
  const named = new Set([...decided, ...taken].map(({ id }) => id))
  const clashing = conflicts.filter((conflict) => conflict.items.some(({ id }) => named.has(id)))
  const parts = [
    list(decided.length > 0 ? 'The spec says about this:' : null, decided.map(asLine)),
    list('Taken from what you wrote:', taken.map(asLine)),
    list(
      'This clashes:',
      clashing.slice(0, maxNamed).map(({ items: sides, why }) => `- ${sides.map(({ ref }) => ref).join(' and ')}: ${why}`),
    ),
    missingPart(context, said?.text ?? '', decided),
  ]
  const text = parts.filter((part) => part !== '').join('\n\n')
  return decided.length > 0 || taken.length > 0
    ? text
    : ['The spec says nothing about this yet.', text].filter((part) => part !== '').join('\n\n')
}

const asLine = ({ ref, text }: Item): string =>
  `- ${ref}: ${text.length <= quotedUnits ? text : `${text.slice(0, quotedUnits).toWellFormed()} …`}`
const list = (title: string | null, lines: readonly string[]): string =>
  title === null || lines.length === 0 ? '' : `${title}\n\n${lines.join('\n')}`

/** Those that share most words with it; a word that few items have tells more than one that many have. */
function nearest(topic: ReadonlySet<string>, items: readonly Item[]): Item[] {
  const read = items.map((item) => ({ item, words: topicOf(`${item.text} ${item.key.replaceAll('-', ' ')}`) }))
  const counts = new Map<string, number>()
  for (const { words } of read) for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1)
  const weight = (word: string) => 1 / (counts.get(word) ?? 1)
  return read
    .map(({ item, words }) => ({ item, score: [...words].reduce((sum, word) => sum + (topic.has(word) ? weight(word) : 0), 0) }))
    .filter(({ score }) => score > 0)
    .toSorted((one, other) => other.score - one.score)
    .slice(0, maxNamed)
    .map(({ item }) => item)
}

/** What nobody has said of the category that the words speak of, as questions of the bank. */
function missingPart(context: InterviewContext, said: string, decided: readonly Item[]): string {
  const category = categorySpokenOf(said) ?? decided[0]?.category ?? null
  if (category === null) return ''
  const open = bankFor(context, category).slice(0, maxMissing)
  return list(
    `Still open in ${categoryName(category).toLowerCase()}:`,
    open.map(({ question }) => `- ${question}`),
  )
}
