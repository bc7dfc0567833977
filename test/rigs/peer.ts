// A client of a document that knows, for each word it has typed, whether it was acked; the door below is a line of its own.

import * as awarenessProtocol from 'y-protocols/awareness'
import * as Y from 'yjs'
import { awarenessMessage, readMessage, step1Of, syncMessage, type HeardMessage } from './sync-messages.ts'

/** What a peer speaks through; one for each door. */
export interface PeerLine {
  /** Sends a message as it is; `onAnswer` hears an empty code for committed, else the refusal's. */
  send(message: Uint8Array, onAnswer: (code: string) => void): void
  close(): void
}

/** How a line ended; Socket.IO gives no code to its client. */
export interface LineEnd {
  code: number
  reason: string
}

/** INVARIANT: `acked` and `refused` hold only what the server answered; words in neither were sent and never answered. */
export class Peer {
  readonly doc = new Y.Doc()
  readonly awareness = new awarenessProtocol.Awareness(this.doc)
  readonly text = this.doc.getText('content')
  readonly acked = new Set<string>()
  readonly refused = new Map<string, string>()
  /** Every message that came, in order. */
  readonly heard: HeardMessage[] = []
  readonly ended: Promise<LineEnd>
  readonly inStep: Promise<void>
  unanswered = 0
  end: LineEnd | null = null
  readonly #settleEnd: (end: LineEnd) => void
  readonly #settleStep: () => void
  #parts: Uint8Array[] = []
  #line: PeerLine | undefined

  constructor() {
    const { promise: ended, resolve: settleEnd } = Promise.withResolvers<LineEnd>()
    const { promise: inStep, resolve: settleStep } = Promise.withResolvers<void>()
    this.ended = ended
    this.inStep = inStep
    this.#settleEnd = settleEnd
    this.#settleStep = settleStep
    // A peer's own awareness says nothing until a test sets it.
    this.awareness.setLocalState(null)
  }

  /** Both sides send their step 1 after the join; the line calls this when it is in. */
  begin(line: PeerLine): void {
    this.#line = line
    void this.send(step1Of(this.doc))
  }

  /** A message of the server. */
  receive(message: Uint8Array): void {
    const heard = readMessage(message)
    this.heard.push(heard)
    if (heard.type === 'step1') void this.send(syncMessage('step2', Y.encodeStateAsUpdate(this.doc, heard.stateVector)))
    else if (heard.type === 'awareness') awarenessProtocol.applyAwarenessUpdate(this.awareness, heard.update, 'server')
    else if (heard.type === 'chunk') this.#receiveChunk(heard)
    else if (heard.type === 'step2' || heard.type === 'update') {
      Y.applyUpdate(this.doc, heard.update, 'server')
      if (heard.type === 'step2') this.#settleStep()
    }
  }

  lineEnded(end: LineEnd): void {
    if (this.end) return
    this.end = end
    this.#settleEnd(end)
    this.#settleStep()
  }

  /** Sends any bytes; resolves with the code of the answer, empty for committed. A line that ends leaves it open for ever. */
  send(message: Uint8Array): Promise<string> {
    const line = this.#line
    if (!line) throw new Error('the peer is not in the document yet')
    return new Promise((resolve) => {
      this.unanswered++
      line.send(message, (code) => {
        this.unanswered--
        resolve(code)
      })
    })
  }

  /** Changes the text and sends what came of it; the word counts as acked or refused once the server has said so. */
  async edit(change: (text: Y.Text) => void, word = ''): Promise<string> {
    const updates: Uint8Array[] = []
    const onUpdate = (update: Uint8Array): void => void updates.push(update)
    this.doc.on('update', onUpdate)
    this.doc.transact(() => change(this.text), this)
    this.doc.off('update', onUpdate)
    const code = await this.send(syncMessage('update', Y.mergeUpdates(updates)))
    if (word && code) this.refused.set(word, code)
    else if (word) this.acked.add(word)
    return code
  }

  /** Types a word at a random place between two words (words hold no blanks), so that each stays whole for whoever looks for it. */
  typeWord(word: string): Promise<string> {
    const content = this.text.toString()
    const blank = content.indexOf(' ', Math.floor(Math.random() * content.length))
    return this.edit((text) => text.insert(blank < 0 ? text.length : blank, ` ${word} `), word)
  }

  /** Says where it is, as an editor does. */
  sayState(state: Record<string, unknown>): Promise<string> {
    this.awareness.setLocalState(state)
    return this.send(awarenessMessage(awarenessProtocol.encodeAwarenessUpdate(this.awareness, [this.doc.clientID])))
  }

  /** Resolves once the text satisfies `isMet`. Rejects after `timeoutMs` with the end of the text. */
  untilText(isMet: (text: string) => boolean, timeoutMs = 10_000): Promise<void> {
    return untilText(this.doc, isMet, timeoutMs)
  }

  close(): void {
    this.awareness.destroy()
    this.#line?.close()
  }

  #receiveChunk({ index, count, bytes }: HeardMessage & { type: 'chunk' }): void {
    if (index === 0) this.#parts = []
    this.#parts.push(bytes)
    if (index + 1 === count) this.receive(new Uint8Array(Buffer.concat(this.#parts)))
  }
}

/** Resolves once the document's text satisfies `isMet`. Rejects after `timeoutMs` with the end of the text. */
export function untilText(doc: Y.Doc, isMet: (text: string) => boolean, timeoutMs = 10_000): Promise<void> {
  const text = doc.getText('content')
  return new Promise((resolve, reject) => {
    const settle = (error?: Error): void => {
      clearTimeout(timer)
      doc.off('update', check)
      if (error) reject(error)
      else resolve()
    }
    const check = (): void => {
      if (isMet(text.toString())) settle()
    }
    const timer = setTimeout(
      () => settle(new Error(`the text did not come within ${timeoutMs} ms; it ends: ${text.toString().slice(-300)}`)),
      timeoutMs,
    )
    doc.on('update', check)
    check()
  })
}

/** The words of `wanted` that are not in the text. */
export function missingWords(text: string, wanted: Iterable<string>): string[] {
  const words = new Set(text.split(/\s+/))
  return [...wanted].filter((word) => !words.has(word))
}
