// The conversation put together from what comes in whichever order, twice, cut differently, and partly not at all.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InterviewMessage } from '../../shared/wire/interview.ts'
import { isLacking } from './streamed-words.ts'
import {
  emptyTranscript,
  withEarlierPage,
  withFailure,
  withMessage,
  withNewestPage,
  withResumed,
  withWords,
  type Transcript,
} from './transcript.ts'

const messageOf = (fields: Partial<InterviewMessage> = {}): InterviewMessage => ({
  id: 'm1',
  role: 'interviewer',
  authorId: 'ada',
  replyTo: null,
  category: null,
  askedAs: null,
  why: null,
  text: '',
  state: 'running',
  position: 0,
  isOpen: false,
  suggestions: [],
  createdAt: '2027-01-01T00:00:00.000Z',
  ...fields,
})

type Step = (transcript: Transcript) => Transcript

/** Pieces that cover `text`, cut anywhere. */
const cuts = (text: string) =>
  fc.array(fc.nat(text.length), { maxLength: 12 }).map((places) => {
    const at = [...new Set([0, ...places, text.length])].toSorted((a, b) => a - b)
    return at.slice(1).map((end, index) => ({ offset: at[index] ?? 0, text: text.slice(at[index], end) }))
  })

const textOf = ({ entries }: Transcript) => entries[0]?.words.text ?? ''

interface Told {
  text: string
  begunWith: string
  steps: Step[]
}

/** What may be told of one message, in any order: `hasEnd` also its end. */
const told = (hasEnd: boolean): fc.Arbitrary<Told> =>
  fc.string({ minLength: 1, maxLength: 60, unit: 'grapheme' }).chain((text) =>
    fc
      .record({ one: cuts(text), other: cuts(text), begun: fc.nat(text.length), resumes: fc.array(fc.nat(text.length), { maxLength: 4 }) })
      .chain(({ one, other, begun, resumes }) => {
        const begunWith = text.slice(0, begun)
        const pieces = [...one, ...other].map(
          (piece): Step =>
            (transcript) =>
              withWords(transcript, 'm1', piece),
        )
        const answers = resumes.map(
          (offset): Step =>
            (transcript) =>
              withResumed(transcript, messageOf({ text }), { offset, text: text.slice(offset) }),
        )
        const steps: Step[] = [
          (transcript) => withMessage(transcript, messageOf({ text: begunWith })),
          ...pieces,
          ...answers,
          ...(hasEnd ? [(transcript: Transcript) => withMessage(transcript, messageOf({ text, state: 'finished' }))] : []),
        ]
        return fc.shuffledSubarray(steps, { minLength: steps.length }).map((shuffled) => ({ text, begunWith, steps: shuffled }))
      }),
  )

describe('a message that is being written', () => {
  it.each([true, false])('[PAGE39] has the same text whatever order its words and events come in (ended: %s)', (hasEnd) => {
    fc.assert(
      fc.property(told(hasEnd), ({ text, steps }) => {
        let transcript = emptyTranscript
        for (const step of steps) {
          transcript = step(transcript)
          // What is shown is never more, less or other than a beginning of it.
          expect(text.startsWith(textOf(transcript))).toBe(true)
        }
        expect(textOf(transcript)).toBe(text)
        expect(transcript.entries[0] && isLacking(transcript.entries[0].words)).toBe(false)
      }),
      { numRuns: 500 },
    )
  })

  it('[PAGE39] never shows less than before, and knows when words are missing', () => {
    fc.assert(
      fc.property(told(false), ({ text, begunWith, steps }) => {
        let transcript = withMessage(emptyTranscript, messageOf({ text: begunWith }))
        for (const step of steps) {
          const before = textOf(transcript)
          transcript = step(transcript)
          expect(textOf(transcript).startsWith(before)).toBe(true)
        }
        const cut = withWords(withMessage(emptyTranscript, messageOf()), 'm1', { offset: 1, text: text.slice(1) })
        expect(textOf(cut)).toBe('')
        expect(cut.entries[0] && isLacking(cut.entries[0].words)).toBe(text.length > 0)
      }),
    )
  })

  it('[PAGE39] goes on from its end when it is continued, also when the words are quicker than the news', () => {
    let transcript = withMessage(emptyTranscript, messageOf({ text: 'Who will', state: 'interrupted' }))
    transcript = withWords(transcript, 'm1', { offset: 8, text: ' use' })
    expect(textOf(transcript)).toBe('Who will')
    transcript = withMessage(transcript, messageOf({ text: 'Who will', state: 'running' }))
    transcript = withWords(transcript, 'm1', { offset: 12, text: ' it?' })
    expect(textOf(transcript)).toBe('Who will use it?')
    transcript = withMessage(transcript, messageOf({ text: 'Who will use it?', state: 'finished', isOpen: true }))
    expect(transcript.entries).toMatchObject([{ message: { state: 'finished', isOpen: true } }])
  })

  it('[PAGE39] keeps why nothing came', () => {
    const failure = { code: 'interviewer_failed', message: 'No.', retryable: true } as const
    const transcript = withFailure(withMessage(emptyTranscript, messageOf()), 'm1', failure)
    expect(transcript.entries).toMatchObject([{ message: { state: 'failed' }, failure }])
  })
})

const minute = (at: number) => `2027-01-01T00:${String(at).padStart(2, '0')}:00.000Z`
const ended = (at: number): InterviewMessage => messageOf({ id: `m${at}`, state: 'finished', text: `${at}`, createdAt: minute(at) })
const idsOf = ({ entries }: Transcript) => entries.map(({ message }) => message.id)

describe('the conversation', () => {
  const page = (items: InterviewMessage[], nextCursor: string | null) => ({ items, nextCursor, mode: 'socratic' as const })

  it('[PAGE40] keeps what was read when the newest page joins on, and begins anew when it does not', () => {
    const read = withEarlierPage(withNewestPage(emptyTranscript, page([ended(3), ended(4)], 'c3')), page([ended(1), ended(2)], 'c1'))
    expect(idsOf(read)).toEqual(['m1', 'm2', 'm3', 'm4'])
    const joined = withNewestPage(read, page([ended(4), ended(5)], 'c4'))
    expect([idsOf(joined), joined.nextCursor]).toEqual([['m1', 'm2', 'm3', 'm4', 'm5'], 'c1'])
    const apart = withNewestPage(read, page([ended(8), ended(9)], 'c8'))
    expect([idsOf(apart), apart.nextCursor]).toEqual([['m8', 'm9'], 'c8'])
  })

  it('[PAGE40] puts an answer behind its question, what follows it behind that, and leaves an earlier page to be read', () => {
    const question = { ...ended(5), isOpen: true }
    const answer = messageOf({ id: 'a', role: 'person', replyTo: 'm5', state: 'finished', createdAt: minute(6) })
    const next = messageOf({ id: 'n', createdAt: minute(6), state: 'queued' })
    let transcript = withNewestPage(emptyTranscript, page([question], 'c5'))
    for (const message of [answer, next, ended(2)]) transcript = withMessage(transcript, message)
    expect(idsOf(transcript)).toEqual(['m5', 'a', 'n'])
    expect(transcript.entries[0]?.message.isOpen).toBe(false)
  })
})
