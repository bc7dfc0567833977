// Somebody who types sentences letter by letter through Socket.IO, and hears of conflicts as a page does.

import { io, type Socket } from 'socket.io-client'
import * as Y from 'yjs'
import { contentKey } from '../shared/spec/plain-text.ts'
import { syncType } from '../shared/wire/yjs-messages.ts'
import type { ConflictEvent } from '../shared/wire/conflicts.ts'
import type { Latency } from './latency.ts'
import { emptySecondStep, firstStep, readSync, syncMessage } from './typing-connection.ts'

export interface TypistTarget {
  url: string
  projectId: string
  token: string
}

/** Told of each conflict that comes up on this screen, with the texts of its items. */
export type HearConflict = (texts: readonly string[]) => void

/** Its document holds what was there when it came and its own words: where those of others stand makes no difference to it. */
export class AlertsTypist {
  readonly #socket: Socket
  readonly #target: TypistTarget
  readonly #doc = new Y.Doc()
  /** Behind the last letter; moves as it types. */
  #place: Y.RelativePosition | undefined

  private constructor(socket: Socket, target: TypistTarget) {
    this.#socket = socket
    this.#target = target
  }

  /** Joins, and resolves once the document is there. */
  static async join(target: TypistTarget, hear: HearConflict): Promise<AlertsTypist> {
    const socket = io(target.url, { transports: ['websocket'], auth: { token: target.token }, forceNew: true })
    const typist = new AlertsTypist(socket, target)
    const inStep = new Promise<void>((resolve) => {
      socket.on('yjs', (projectId: string, bytes: Buffer) => {
        const sync = readSync(bytes)
        if (sync?.type === syncType.step1) socket.emit('yjs', projectId, emptySecondStep)
        if (sync?.type !== syncType.step2) return
        Y.applyUpdate(typist.#doc, sync.bytes)
        resolve()
      })
    })
    socket.on('conflict:opened', ({ conflict }: ConflictEvent) => hear(conflict.items.map(({ text }) => text)))
    const answer = (await socket.emitWithAck('project:join', { projectId: target.projectId })) as { ok: boolean }
    if (!answer.ok) throw new Error('the join was refused')
    socket.emit('yjs', target.projectId, firstStep)
    await inStep
    return typist
  }

  /** Begins a new item behind a line that was there at the beginning. */
  async beginBehind(line: string, acks: Latency): Promise<void> {
    const text = this.#doc.getText(contentKey)
    const at = text.toString().indexOf(`${line}\n`)
    if (at < 0) throw new Error(`the spec has no line "${line}"`)
    this.#place = Y.createRelativePositionFromTypeIndex(text, at + line.length, -1)
    await this.type('\n- ', acks)
  }

  /** Types at one's own place; resolves once it is committed. */
  async type(words: string, acks: Latency): Promise<void> {
    const text = this.#doc.getText(contentKey)
    const place = this.#place && Y.createAbsolutePositionFromRelativePosition(this.#place, this.#doc)
    if (!place) throw new Error('there is no place to type at')
    const before = Y.encodeStateVector(this.#doc)
    text.insert(place.index, words)
    this.#place = Y.createRelativePositionFromTypeIndex(text, place.index + words.length, -1)
    const message = syncMessage(syncType.update, Y.encodeStateAsUpdate(this.#doc, before))
    const startMs = performance.now()
    const answer = (await this.#socket.emitWithAck('yjs', this.#target.projectId, message)) as { ok: boolean }
    if (!answer.ok) throw new Error('an update was refused')
    acks.record(performance.now() - startMs)
  }

  leave(): void {
    this.#socket.close()
  }
}
