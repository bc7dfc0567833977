// When two questions are the same in other words: the frame of one, and how much of what they ask about they share.

/** Words that hold a sentence together; all others are what it speaks of. */
const framingWords = new Set(
  `a about after again against all along already also although an and another any anybody anyone anything are as at away back be because been
   before behind being beside both but by can cannot could did do does done down during each either else even ever every everybody everyone
   everything few first for from go goes has have having how if in instead into is it its itself just less long many may might more most much
   must neither never no nobody none nor not nothing of off often on once one only or other others our out outside over own per rather same
   should since so some somebody someone something soon still such than that the their them themselves then there these they this those through
   till to too towards two under until up upon us very was we were what when where whether which while who whole whom whose why will with
   within without would yet you your`.split(/\s+/),
)

const wordsOf = (text: string): string[] =>
  text
    .toLowerCase()
    .replaceAll('’', "'")
    .match(/[\p{L}\p{N}']+/gu) ?? []

/** The question with a slot for what it speaks of: `how many _ have _`. */
export function frameOf(question: string): string {
  const frame: string[] = []
  for (const word of wordsOf(question)) {
    if (framingWords.has(word)) frame.push(word)
    else if (frame.at(-1) !== '_') frame.push('_')
  }
  return frame.join(' ')
}

/** What a question speaks of: its other words, cut to their stems. */
export function topicOf(question: string): ReadonlySet<string> {
  return new Set(wordsOf(question).flatMap((word) => (framingWords.has(word) ? [] : [stem(word)])))
}

/** Long enough to tell words apart, short enough for `backup` and `backups` to be one. */
const stemUnits = 6
const stem = (word: string): string => word.replace(/(?:'s|s)$/, '').slice(0, stemUnits)

/** From what share of common words on two questions are about the same. */
const sameFrom = { sameFrame: 0.5, otherFrame: 0.75 } as const

/** A question as it is compared. */
export interface QuestionWords {
  readonly text: string
  readonly frame: string
  readonly topic: ReadonlySet<string>
}

/** Reads one to be compared. */
export const questionWords = (text: string): QuestionWords => ({ text, frame: frameOf(text), topic: topicOf(text) })

/** Whether one question is the other in other words. */
export function isRephrased(one: QuestionWords, other: QuestionWords): boolean {
  const smaller = Math.min(one.topic.size, other.topic.size)
  if (smaller === 0) return one.text === other.text
  const shared = [...one.topic].filter((word) => other.topic.has(word)).length
  return shared > 1 && shared / smaller >= (one.frame === other.frame ? sameFrom.sameFrame : sameFrom.otherFrame)
}
