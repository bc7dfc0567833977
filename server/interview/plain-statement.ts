// A sentence of an answer as a spec would have it: without the talk around it, and with what its `it` stands for.

import { readLead } from '../../shared/spec/grammar/statement-text.ts'
import { modalityOf } from '../../shared/spec/statement/modality.ts'

/** Talk before a statement; what needs a comma would be part of it without. */
const talk =
  /^(?:(?:yes|no|ok|okay|right|sure|well|so|hm+|um|oh|basically|actually|honestly|frankly|and|but|also)\s*[,:–—-]\s*|(?:well|basically|actually|honestly|and|but|also)\s+|(?:i|we)(?:\s+would|'d)?\s+(?:think|believe|say|mean|reckon|expect)(?:\s+that)?\s+|(?:in my opinion|to be honest|as far as i know|the thing is(?: that)?)\s*,?\s+)+/i
const unsure = /\b(?:i|we)\s+(?:guess|suppose|hope|assume|imagine)\b|\bprobably\b|\bi am not sure\b|\bnot certain\b/i
/** A sentence that begins so says something of the product that the question was about. */
const productSubject = /^it(?=\s+(?:must|shall|should|may|can|cannot|will|has to|needs to)\b)/i
/** A sentence that begins so cannot be read without the one before it. */
const leaning = /^(?:it|they|this|that|these|those|he|she|them|there|then|otherwise|instead|which|who|because|since|so that)\b/i

const finite =
  /\b(?:is|are|was|were|has|have|had|do|does|did|can|cannot|could|will|would|must|shall|should|may|might|needs?|wants?|gets?|goes|comes?|uses?|happens?|works?|takes?|lose[sd]?|loses|see[sn]?|sees|knows?|opens?|sends?|reads?|writes?|keeps?|holds?|asks?|tells?|pays?|stays?|stands?|signs?|enters?|types?|calls?|looks?|finds?|checks?|shows?|begins?|starts?|ends?|runs?|decides?|approves?|answers?|receives?|depends?|belongs?|requires?|forbids?|allows?|makes?|gives?|writes?|creates?|changes?|prints?|copies|copy|walks?|phones?|forgets?|misses|miss)\b/i

/** Without talk around it, its first letter large. */
export function withoutTalk(sentence: string): string {
  const words = sentence.replace(talk, '').trim()
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** Whether its author doubts it. */
export const isUnsure = (sentence: string): boolean => unsure.test(sentence)

/** `It must …` of a sentence that stands alone, with a subject. */
export const withSubject = (sentence: string): string => sentence.replace(productSubject, 'The system')

/** Whether it needs the sentence before it to be understood. */
export const isLeaning = (sentence: string): boolean => leaning.test(sentence)

/** What begins so is an answer without a sentence, unless it binds somebody. */
const fragment =
  /^(?:(?:about|around|up to|at (?:least|most|once)|roughly|approximately|less than|more than|fewer|no more|within|by|on|in|from|for|with|mostly|mainly|none|nobody|nothing|never|always|once|twice|yes|no|maybe|whoever|whatever|when|if|until|after|before)(?![\p{L}\p{N}-])|[€$£]?\d)/iu
/** Several of something, and what they do: `Sessions last 8 hours`. */
const pluralSubject =
  /^(?:\p{L}+s|people|everybody|everyone)\s+(?!(?:of|in|on|at|by|to|for|from|with|and|or|per|who|that|only)\b)\p{Ll}+\s+\S+\s+\S+/iu
const longUnits = 7

/** Whether it says something by itself; `Up to 400` does so only behind what was asked. */
export function isSentence(words: string): boolean {
  const count = words.trim().split(/\s+/).length
  if (readLead(words) !== undefined) return true
  if (count < 3) return false
  if (modalityOf(words) !== 'none') return true
  if (fragment.test(words)) return false
  return finite.test(words.slice(words.indexOf(' ') + 1)) || pluralSubject.test(words) || count >= longUnits
}

/** What tells that it speaks of the past, of its author, or to the interviewer: that is talk, not a spec. */
export const isAside = (sentence: string): boolean =>
  /\b(?:was|were|had|did|used to|yesterday|last (?:week|month|year|time))\b|\b(?:i|me|my)\b/i.test(sentence) ||
  /^(?:please|let(?:'s| us)?|tell|show|explain|ignore|forget|mark|set|list|describe|summari[sz]e|help|give|write|stop|say|look|note|see)\b/i.test(
    sentence,
  )
