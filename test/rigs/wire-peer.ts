// A reference peer for provider tests: speaks the server's half of the wire from an in-memory log, and can be killed.

import { decoding } from 'lib0'
import * as Y from 'yjs'
import { awarenessMessage, readAwareness, writeAwareness } from '../../client/collab/messages.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { limits } from '../../shared/limits.ts'
import type { AppEvent } from '../../shared/wire/app-events.ts'
import type { Ack, JoinRequest, JoinResult, PresentPerson } from '../../shared/wire/events.ts'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'
import { framesOf, joinBytes, refusal, sync } from './wire-messages.ts'

/** One client as the peer sees it: a way to send it events, in order. */
export interface PeerClient {
  readonly name: string
  emit(event: string, ...args: unknown[]): void
}

type Answer = (answer: Ack) => void

interface Member {
  readonly client: PeerClient
  role: Role
  awarenessIds: Map<number, number>
  chunks: Uint8Array[]
}

interface PendingCommit {
  readonly update: Uint8Array | null
  readonly answer: Answer
}

/** Sends whole messages of more than `chunkBytes` in chunks, commits in order after `commitMs()`, and forgets on `kill` what is not committed. */
export class WirePeer {
  readonly projectId: string
  epoch = 1
  /** What a restart would still have. */
  committed: Uint8Array[] = []
  replica = new Y.Doc()
  /** Every answer to a write while set; null to take it. Told the update. */
  refuse: (update: Uint8Array, who: string) => ErrorCode | null = () => null
  /** The answer to a join while set. */
  refuseJoin: ErrorCode | null = null
  roleOf: (who: string) => Role = () => 'editor'
  /** Whether it lets everyone in whatever their epoch, and sends the document even before it answers. */
  isCareless = false
  /** Whether writes are answered at all. */
  isSilent = false
  chunkBytes: number = limits.chunkBytes
  /** Whole writes received, whatever came of them: the most a client had under way at once is `maxInFlight`. */
  writes: { who: string; update: Uint8Array }[] = []
  maxInFlight = 0
  step1sReceived = 0
  awarenessReceived = 0
  largestFrameBytes = 0
  /** All that has happened, and how much of it a join brings along. */
  events: AppEvent[] = []
  maxMissed = 5
  readonly #commitMs: () => number
  readonly #members = new Map<PeerClient, Member>()
  #queue: PendingCommit[] = []
  #inFlight = new Map<PeerClient, number>()
  #timer: ReturnType<typeof setTimeout> | undefined
  #transferId = 0

  constructor(projectId: string, commitMs: () => number = () => 1) {
    this.projectId = projectId
    this.#commitMs = commitMs
  }

  get memberCount(): number {
    return this.#members.size
  }

  /** Takes one client event. */
  receive(client: PeerClient, event: string, args: unknown[], answer: Answer): void {
    if (event === 'project:join') {
      this.#join(client, args[0] as JoinRequest, answer as (answer: Ack<JoinResult>) => void)
    } else if (event === 'project:leave') {
      this.leave(client)
      answer({ ok: true })
    } else if (event === 'yjs') {
      this.largestFrameBytes = Math.max(this.largestFrameBytes, (args[1] as Uint8Array).byteLength)
      const member = this.#members.get(client)
      if (member === undefined) answer(refusal('not_joined'))
      else this.#message(member, args[1] as Uint8Array, answer)
    }
  }

  /** The client's line is gone, or it left. */
  leave(client: PeerClient): void {
    const member = this.#members.get(client)
    this.#members.delete(client)
    this.#inFlight.delete(client)
    if (member !== undefined && member.awarenessIds.size > 0) {
      const gone = [...member.awarenessIds].map(([clientId, clock]) => ({ clientId, clock: clock + 1, json: 'null' }))
      this.#toOthers(client, awarenessMessage(writeAwareness(gone)))
    }
    this.#sendPresence()
  }

  /** kill -9 and a restart: what is not committed is gone, and so is everyone's membership. */
  kill(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    this.#queue = []
    this.#members.clear()
    this.#inFlight.clear()
    this.replica = this.committedDoc()
  }

  /** The document a fresh client would get after a restart. */
  committedDoc(): Y.Doc {
    const doc = new Y.Doc()
    doc.transact(() => this.committed.forEach((update) => Y.applyUpdate(doc, update)))
    return doc
  }

  /** Gives a member another role, and tells it. */
  promote(name: string, role: Role): void {
    for (const member of this.#members.values()) {
      if (member.client.name !== name) continue
      member.role = role
      member.client.emit('access', { projectId: this.projectId, role, reason: 'role_changed' })
    }
  }

  /** Sends an event to all members. */
  broadcast(event: string, ...args: unknown[]): void {
    for (const { client } of this.#members.values()) client.emit(event, ...args)
  }

  /** Sends a message to all members. */
  sendYjs(message: Uint8Array): void {
    for (const { client } of this.#members.values()) this.#send(client, message)
  }

  /** Something happened: told to all members, and to those who come back. */
  happen(event: string, payload: object = {}): void {
    const happened = { ...payload, event, eventId: this.events.length + 1, projectId: this.projectId }
    this.events.push(happened)
    this.broadcast(event, happened)
  }

  #join(client: PeerClient, { epoch, sinceEventId }: JoinRequest, answer: (answer: Ack<JoinResult>) => void): void {
    if (this.refuseJoin !== null) {
      answer(refusal(this.refuseJoin))
      return
    }
    if (epoch !== undefined && epoch !== this.epoch && !this.isCareless) {
      answer({ ...refusal('stale_epoch'), epoch: this.epoch })
      return
    }
    const role = this.roleOf(client.name)
    this.#members.set(client, { client, role, awarenessIds: new Map(), chunks: [] })
    if (this.isCareless) this.#send(client, sync(syncType.update, Y.encodeStateAsUpdate(this.replica)))
    answer({
      ok: true,
      role,
      epoch: this.epoch,
      members: [],
      present: this.#present(),
      eventId: this.events.length,
      missed: this.#missed(sinceEventId),
    })
    // Right behind the answer, as the real one does.
    this.#send(client, sync(syncType.step1, Y.encodeStateVector(this.replica)))
    this.#sendPresence()
  }

  #missed(since: number | undefined): AppEvent[] | null {
    const missed = since === undefined ? null : this.events.slice(since)
    return missed !== null && missed.length <= this.maxMissed ? missed : null
  }

  #message(member: Member, bytes: Uint8Array, answer: Answer): void {
    const decoder = decoding.createDecoder(bytes)
    const type = decoding.readVarUint(decoder)
    if (type === messageType.sync) {
      this.#sync(member, decoder, answer)
    } else if (type === messageType.awareness) {
      this.#awareness(member, bytes, decoding.readVarUint8Array(decoder))
      answer({ ok: true })
    } else if (type === messageType.chunk) {
      this.#chunk(member, decoder, answer)
    } else {
      answer({ ok: true })
    }
  }

  #sync(member: Member, decoder: decoding.Decoder, answer: Answer): void {
    const type = decoding.readVarUint(decoder)
    const bytes = decoding.readVarUint8Array(decoder)
    if (type !== syncType.step1) {
      this.#write(member, bytes, answer)
      return
    }
    this.step1sReceived++
    answer({ ok: true })
    this.#send(member.client, sync(syncType.step2, Y.encodeStateAsUpdate(this.replica, bytes)))
  }

  #write({ client, role }: Member, update: Uint8Array, answer: Answer): void {
    this.writes.push({ who: client.name, update })
    if (this.isSilent) return
    const code = role === 'viewer' ? 'read_only' : this.refuse(update, client.name)
    if (code !== null) {
      answer(refusal(code))
      return
    }
    const inFlight = (this.#inFlight.get(client) ?? 0) + 1
    this.#inFlight.set(client, inFlight)
    this.maxInFlight = Math.max(this.maxInFlight, inFlight)
    const before = Y.snapshot(this.replica)
    Y.applyUpdate(this.replica, update)
    const isCovered = Y.equalSnapshots(before, Y.snapshot(this.replica)) && this.replica.store.pendingStructs === null
    if (!isCovered) this.#toOthers(client, sync(syncType.update, update))
    this.#queue.push({
      update: isCovered ? null : update,
      answer: (given) => {
        this.#inFlight.set(client, (this.#inFlight.get(client) ?? 1) - 1)
        answer(given)
      },
    })
    this.#commitSoon()
  }

  #commitSoon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined
      const batch = this.#queue.splice(0)
      this.committed.push(...batch.flatMap(({ update }) => (update === null ? [] : [update])))
      for (const { answer } of batch) answer({ ok: true })
    }, this.#commitMs())
  }

  #chunk(member: Member, decoder: decoding.Decoder, answer: Answer): void {
    decoding.readVarUint(decoder)
    const index = decoding.readVarUint(decoder)
    const count = decoding.readVarUint(decoder)
    if (index === 0) member.chunks = []
    member.chunks.push(decoding.readTailAsUint8Array(decoder).slice())
    if (index + 1 < count) answer({ ok: true })
    else this.#message(member, joinBytes(member.chunks), answer)
  }

  #awareness({ client, awarenessIds }: Member, message: Uint8Array, update: Uint8Array): void {
    this.awarenessReceived++
    for (const { clientId, clock } of readAwareness(update)) awarenessIds.set(clientId, clock)
    this.#toOthers(client, message)
  }

  #toOthers(sender: PeerClient, message: Uint8Array): void {
    for (const { client } of this.#members.values()) {
      if (client !== sender) this.#send(client, message)
    }
  }

  #send(client: PeerClient, message: Uint8Array): void {
    for (const frame of framesOf(message, ++this.#transferId, this.chunkBytes)) client.emit('yjs', this.projectId, frame)
  }

  #present(): PresentPerson[] {
    return [...this.#members.values()].map(({ client, role }) => ({
      userId: client.name,
      name: client.name,
      color: '#000000',
      role,
      connections: 1,
    }))
  }

  #sendPresence(): void {
    this.broadcast('presence', { projectId: this.projectId, present: this.#present() })
  }
}
