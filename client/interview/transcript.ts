// The conversation as the page holds it: pages of it, events about it and words of it, put together whatever order they come in.

import type { ErrorBody } from '../../shared/errors.ts'
import type { InterviewMessage, InterviewMode, MessageState } from '../../shared/wire/interview.ts'
import { begunWith, noWords, setAside, withPiece, type Piece, type StreamedWords } from './streamed-words.ts'

/** A message with its words as far as they are here, which may be further than those in `message`. */
export interface Entry {
  readonly message: InterviewMessage
  readonly words: StreamedWords
  /** Why no text came, where that was told. */
  readonly failure: ErrorBody | null
}

export interface Transcript {
  /** Oldest first. */
  readonly entries: readonly Entry[]
  /** What to ask with for the page before; null when all is here. */
  readonly nextCursor: string | null
  readonly mode: InterviewMode
  /** Words of messages of which nothing else is known yet. */
  readonly strays: ReadonlyMap<string, StreamedWords>
}

/** A page of the conversation, oldest first. */
export interface TranscriptPage {
  readonly items: readonly InterviewMessage[]
  readonly nextCursor: string | null
  readonly mode: InterviewMode
}

export const emptyTranscript: Transcript = { entries: [], nextCursor: null, mode: 'socratic', strays: new Map() }

const maxStrays = 20

/** Whether its words are still to come. */
export const isUnderWay = (state: MessageState): boolean => state === 'queued' || state === 'running'

/** Takes the newest page: what is known from before it stays, unless something between the two is not. */
export function withNewestPage(transcript: Transcript, { items, nextCursor, mode }: TranscriptPage): Transcript {
  const ids = new Set(items.map(({ id }) => id))
  const joinsOn = transcript.entries.some(({ message }) => ids.has(message.id))
  const known = new Map(transcript.entries.map((entry) => [entry.message.id, entry]))
  const page = items.map((message) => entryOf(known.get(message.id), message, transcript.strays.get(message.id)))
  const first = items[0]
  const before = joinsOn
    ? transcript.entries.slice(
        0,
        transcript.entries.findIndex(({ message }) => message.id === first?.id),
      )
    : []
  const isMoreKnown = joinsOn && before.length > 0
  return { entries: [...before, ...page], nextCursor: isMoreKnown ? transcript.nextCursor : nextCursor, mode, strays: transcript.strays }
}

/** Takes the page before the first message that is here. */
export function withEarlierPage(transcript: Transcript, { items, nextCursor }: TranscriptPage): Transcript {
  const ids = new Set(transcript.entries.map(({ message }) => message.id))
  const before = items.filter(({ id }) => !ids.has(id)).map((message) => entryOf(undefined, message, undefined))
  return { ...transcript, entries: [...before, ...transcript.entries], nextCursor }
}

/** Takes a message as an event tells it: begun, gone on with, or ended. */
export function withMessage(transcript: Transcript, message: InterviewMessage): Transcript {
  const { entries, strays } = transcript
  const known = entries.find((entry) => entry.message.id === message.id)
  const entry = entryOf(known, message, strays.get(message.id))
  const others = message.role === 'person' ? closed(entries, message.replyTo) : entries
  const rest = new Map(strays)
  rest.delete(message.id)
  if (known) return { ...transcript, entries: others.map((one) => (one.message.id === message.id ? entry : one)), strays: rest }
  const at = others.findLastIndex((one) => one.message.createdAt <= message.createdAt) + 1
  // It belongs to a page that was not read yet.
  if (at === 0 && transcript.nextCursor !== null) return transcript
  return { ...transcript, entries: others.toSpliced(at, 0, entry), strays: rest }
}

/** Takes that a message failed before it had any text. */
export function withFailure(transcript: Transcript, messageId: string, failure: ErrorBody): Transcript {
  return changed(transcript, messageId, ({ message }) => ({
    message: { ...message, text: '', state: 'failed', position: 0 },
    words: noWords,
    failure,
  }))
}

/** Takes words of a message that is being written. */
export function withWords(transcript: Transcript, messageId: string, piece: Piece): Transcript {
  const known = transcript.entries.find((entry) => entry.message.id === messageId)
  if (!known) return withStray(transcript, messageId, piece)
  if (isUnderWay(known.message.state))
    return changed(transcript, messageId, (entry) => ({ ...entry, words: withPiece(entry.words, piece) }))
  // It has ended as far as is known here: what goes on behind its end waits until somebody is known to have continued it.
  return changed(transcript, messageId, (entry) => ({ ...entry, words: setAside(entry.words, piece) }))
}

/** Takes what was lacking, with what is known of the message by now. */
export function withResumed(transcript: Transcript, message: InterviewMessage, piece: Piece): Transcript {
  const withText = withWords(transcript, message.id, piece)
  return changed(withText, message.id, (entry) => {
    if (!isUnderWay(entry.message.state)) return entry
    const { category, askedAs, why, suggestions } = message
    return { ...entry, message: { ...entry.message, category, askedAs, why, suggestions } }
  })
}

/** Takes the mode as it is for everyone now. */
export function withMode(transcript: Transcript, mode: InterviewMode): Transcript {
  return mode === transcript.mode ? transcript : { ...transcript, mode }
}

function entryOf(known: Entry | undefined, message: InterviewMessage, stray: StreamedWords | undefined): Entry {
  const failure = message.state === 'failed' ? (known?.failure ?? null) : null
  // Once ended, its text is the whole truth.
  if (!isUnderWay(message.state)) return { message, words: { text: message.text, early: [] }, failure }
  // Words travel apart from events, and may be further than these.
  return { message, words: begunWith(known?.words ?? stray ?? noWords, message.text), failure }
}

function withStray(transcript: Transcript, messageId: string, piece: Piece): Transcript {
  const strays = new Map(transcript.strays)
  strays.set(messageId, withPiece(strays.get(messageId) ?? noWords, piece))
  for (const oldest of strays.keys()) if (strays.size > maxStrays) strays.delete(oldest)
  return { ...transcript, strays }
}

/** The entries with the question that was answered open no more. */
function closed(entries: readonly Entry[], id: string | null): readonly Entry[] {
  if (id === null) return entries
  return entries.map((entry) => (entry.message.id === id ? { ...entry, message: { ...entry.message, isOpen: false } } : entry))
}

function changed(transcript: Transcript, messageId: string, change: (entry: Entry) => Entry): Transcript {
  const at = transcript.entries.findIndex(({ message }) => message.id === messageId)
  const entry = transcript.entries[at]
  if (!entry) return transcript
  const next = change(entry)
  return next === entry ? transcript : { ...transcript, entries: transcript.entries.with(at, next) }
}
