// What a number counts, and what a bound is about: the nouns behind and before it.

/** Words no counted thing is called by. */
const stops = new Set(
  'a an the and or of to in on at by for from with within per than that which who is are be must shall should will may can not if when while as into over under between each every all any its their this these those was were has have it then but until after before during least most more less fewer times'.split(
    ' ',
  ),
)
/** Words that end in `s` and are no plurals. */
const noPlurals = new Set(
  'is was has this its as us plus minus access status process always address various previous class business success progress across less focus basis'.split(
    ' ',
  ),
)

/** The thing that is counted, in the singular, with the words for it and where they end; undefined when no noun follows. */
export interface CountedNoun {
  readonly noun: string
  readonly words: string
  readonly to: number
}

/** The noun phrase right behind `at`: up to four words of which the first plural is the head; of `one`, the last. A hyphen joins too: `500-character`. */
export function countedNoun(text: string, at: number, isOne = false): CountedNoun | undefined {
  const joined = /^-(\p{Ll}[\p{Ll}]+)(?![\p{L}])/u.exec(text.slice(at, at + 30))
  if (joined !== null) return { noun: singular(joined[1] ?? ''), words: joined[1] ?? '', to: at + joined[0].length }
  const phrase = /^(?:\s+(?:\p{Ll}[\p{L}'’-]*|\p{Lu}{2,}s?|\p{Lu}[\p{Ll}]+s)(?=[\s,.;:)!?]|$)){1,4}/u.exec(text.slice(at, at + 80))?.[0]
  if (phrase === undefined) return undefined
  const words = phrase.trim().split(/\s+/)
  const stop = words.findIndex((word) => stops.has(word.toLowerCase()))
  const own = stop < 0 ? words : words.slice(0, stop)
  const head = own.findIndex((word) => /..s$/i.test(word) && !noPlurals.has(word.toLowerCase()) && !word.endsWith('ss'))
  let last = head < 0 ? own.findIndex((word) => /^(?:people|children|data|staff|men|women|of)$/.test(word)) : head
  if (last < 0 && isOne && own.length > 0) last = own.length - 1
  if (last < 0) return undefined
  const name = own.slice(0, last + 1).join(' ')
  const length = new RegExp(String.raw`^(?:\s+\S+){${last + 1}}`).exec(phrase)?.[0].length ?? phrase.length
  return { noun: singular(own[last] ?? ''), words: name, to: at + length }
}

/** The singular of an English noun, in lower case. */
export function singular(noun: string): string {
  const word = noun.toLowerCase()
  if (word === 'people') return 'person'
  if (word.endsWith('ies')) return `${word.slice(0, -3)}y`
  if (/(?:ss|x|ch|sh|z)es$/.test(word)) return word.slice(0, -2)
  return word.endsWith('s') && !/(?:ss|us|is)$/.test(word) ? word.slice(0, -1) : word
}

const copula =
  /(?:(?:^|\s)(?:must|shall|should|will|would|may|can|could|not|never|be|is|are|was|were|been|of|to|for|at|an?|the|has|have|take|takes|last|lasts|in|than|it|occurs?|remain|remains|stays?|responds?|completes?|expires?|after|within|by|up|only|set|equals?|stored|kept|retained|with|=|:|[(]))+\s*$/i

/** The last words before `at` that name what is bounded there: "response time" of "The response time must be under". */
export function attributeBefore(text: string, at: number): string | null {
  const clause = /[^.;,\n]*$/.exec(text.slice(Math.max(0, at - 120), at))?.[0] ?? ''
  const words = clause
    .replace(/[\s:(]+$/, '')
    .replace(copula, '')
    .trim()
    .split(/\s+/)
  const own = words.slice(-4)
  const stop = own.findLastIndex((word) => stops.has(word.toLowerCase()))
  const name = own.slice(stop + 1).join(' ')
  return /\p{L}/u.test(name) ? name : null
}
