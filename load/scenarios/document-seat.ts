// One virtual person in a document: a real Y.Doc behind the socket that Artillery has opened.

import * as awareness from 'y-protocols/awareness'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as Y from 'yjs'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'

/** What is used of a Socket.IO client. */
export interface ClientSocket {
  on(event: string, listener: (projectId: string, message: Uint8Array | ArrayBuffer) => void): void
  timeout(durationMs: number): { emitWithAck(event: string, ...values: unknown[]): Promise<{ ok: boolean; error?: { code: string } }> }
}

const answerWithinMs = 30_000
const words = ['the', 'service', 'keeps', 'every', 'record', 'for', 'thirty', 'days', 'and', 'answers', 'at', 'once']

/** Each method resolves when the server has answered, and throws with the code when it refuses. */
export class DocumentSeat {
  readonly #socket: ClientSocket
  readonly #projectId: string
  readonly #doc = new Y.Doc()
  readonly #awareness = new awareness.Awareness(this.#doc)
  readonly #inStep = Promise.withResolvers<void>()
  readonly #unsent: Uint8Array[] = []
  #heard = 0

  constructor(socket: ClientSocket, projectId: string) {
    this.#socket = socket
    this.#projectId = projectId
    this.#doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin !== this) this.#unsent.push(update)
    })
    // Before the join: the server's first message comes right behind its ack.
    socket.on('yjs', (_projectId, message) => this.#hear(new Uint8Array(message)))
  }

  /** Enters the room, and resolves once the document is here. */
  async join(): Promise<void> {
    await this.#ask('project:join', { projectId: this.#projectId })
    await this.#send(syncMessage(syncType.step1, Y.encodeStateVector(this.#doc)))
    await within(this.#inStep.promise, answerWithinMs)
  }

  /** Appends a word to the text, and resolves when it is committed. */
  async typeWord(): Promise<void> {
    const text = this.#doc.getText('content')
    text.insert(text.length, ` ${words[Math.floor(Math.random() * words.length)]}`)
    const update = Y.mergeUpdates(this.#unsent.splice(0))
    await this.#send(syncMessage(syncType.update, update))
  }

  /** Sends a state of the shape that editors use. */
  async moveCursor(): Promise<void> {
    const text = this.#doc.getText('content')
    const place = Y.createRelativePositionFromTypeIndex(text, Math.floor(Math.random() * (text.length + 1)))
    this.#awareness.setLocalStateField('cursor', { anchor: place, head: place })
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, messageType.awareness)
    encoding.writeVarUint8Array(encoder, awareness.encodeAwarenessUpdate(this.#awareness, [this.#doc.clientID]))
    await this.#send(encoding.toUint8Array(encoder))
  }

  /** Messages with others' words since it was last asked. */
  takeHeard(): number {
    const heard = this.#heard
    this.#heard = 0
    return heard
  }

  async leave(): Promise<void> {
    await this.#ask('project:leave', { projectId: this.#projectId })
    this.#awareness.destroy()
    this.#doc.destroy()
  }

  #hear(message: Uint8Array): void {
    const decoder = decoding.createDecoder(message)
    if (decoding.readVarUint(decoder) !== messageType.sync) return
    const type = decoding.readVarUint(decoder)
    if (type === syncType.step1) return
    Y.applyUpdate(this.#doc, decoding.readVarUint8Array(decoder), this)
    if (type === syncType.step2) this.#inStep.resolve()
    else this.#heard++
  }

  #send(message: Uint8Array): Promise<void> {
    return this.#ask('yjs', this.#projectId, message)
  }

  async #ask(event: string, ...values: unknown[]): Promise<void> {
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck(event, ...values)
    if (!answer.ok) throw new Error(`${event} was refused: ${answer.error?.code ?? 'unknown'}`)
  }
}

function syncMessage(type: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  encoding.writeVarUint(encoder, messageType.sync)
  encoding.writeVarUint(encoder, type)
  encoding.writeVarUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

async function within(promise: Promise<void>, durationMs: number): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${durationMs} ms`)), durationMs)
  })
  try {
    await Promise.race([promise, late])
  } finally {
    clearTimeout(timer)
  }
}
