// One y-protocols conversation, whatever the door: what a client may send, and what it gets back.

import { decoding } from 'lib0'
import { AppError, toAppError } from '../../shared/errors.ts'
import { may, type Role } from '../../shared/domain/roles.ts'
import { messageType, syncType } from '../../shared/wire/yjs-messages.ts'
import { ChunkAssembly } from './chunks.ts'
import { Consumer, type ConsumerLimits } from './consumer.ts'
import { awarenessMessage, Frame, ownEditMessage, syncMessage } from './frame.ts'
import type { OpenDocument } from './open-document.ts'
import type { Participant } from './participant.ts'
import { SpacedAnswer } from './spaced-answer.ts'
import { decodeUpdate, isCovered, refuseRepeats } from './update-coverage.ts'
import { TokenBucket } from './token-bucket.ts'
import type { Transport } from './transport.ts'
import type { Settle } from './update-log.ts'

/** Who speaks: from the session, never from what the client claims. */
export interface Person {
  readonly userId: string
  readonly name: string
  readonly color: string
}

export interface ConnectionLimits extends ConsumerLimits {
  updatesPerSecond: number
  updatesBurst: number
  /** A whole message, put together from chunks or in one frame. */
  messageBytes: number
}

export interface ConnectionOptions {
  document: OpenDocument
  transport: Transport
  person: Person
  role: Role
  limits: ConnectionLimits
}

/** How often a connection is asked again for what an update of its builds on, before that is given up and reported. */
const maxGapRequests = 3
const gapRequestSpacingMs = 500
const gapForgottenMs = 10_000

/** A question of a few bytes may walk the whole document, and one read of a socket may bring thousands of them. */
const answerSpacingMs = 200

/** INVARIANT: `receive` settles every message exactly once and never throws; a fault ends in an answer to its sender, or its close. */
export class Connection implements Participant {
  person: Person
  readonly transport: Transport
  role: Role
  ownClientId: number | undefined
  readonly #document: OpenDocument
  readonly #consumer: Consumer
  readonly #chunks: ChunkAssembly
  readonly #bucket: TokenBucket
  readonly #maxMessageBytes: number
  readonly #step2 = new SpacedAnswer(answerSpacingMs, () => this.#answerStep1())
  readonly #everyone = new SpacedAnswer(answerSpacingMs, () => this.#answer(this.#document.presence.everyone()))
  /** Of the step 1 that came last. */
  #stateVector: Uint8Array = new Uint8Array()
  #gapRequests = 0
  #gapAskedAtMs = -gapForgottenMs
  #isListening = false

  constructor({ document, transport, person, role, limits }: ConnectionOptions) {
    this.person = person
    this.transport = transport
    this.role = role
    this.#document = document
    const onCaughtUp = () => this.#answer(document.presence.everyone())
    this.#consumer = new Consumer({ transport, limits, metrics: document.metrics, onCaughtUp })
    this.#maxMessageBytes = limits.messageBytes
    this.#chunks = new ChunkAssembly(limits.messageBytes)
    this.#bucket = new TokenBucket(limits.updatesPerSecond, limits.updatesBurst, performance.now())
  }

  get waitingBytes(): number {
    return this.#consumer.waitingBytes
  }

  greet(): void {
    this.#requestMissing()
    this.#answer(this.#document.presence.everyone())
  }

  /** Takes one message of the client. `settle` hears when it is dealt with: for what writes, after COMMIT. */
  receive(message: Uint8Array, settle: Settle): void {
    // Every message counts: an answer or a cursor takes time as well.
    const waitMs = this.#bucket.take(performance.now())
    if (waitMs > 0) this.transport.pauseReading(waitMs)
    try {
      if (message.byteLength > this.#maxMessageBytes) throw new AppError('too_large', { details: { maxBytes: this.#maxMessageBytes } })
      this.#dispatch(message, settle)
    } catch (thrown) {
      const error = toAppError(thrown)
      if (error.code === 'internal') this.#document.log.error({ err: thrown }, 'connection.message_failed')
      settle(error)
      this.transport.refuse(error)
    }
  }

  /** An update for everyone. */
  deliver(frame: Frame): void {
    if (this.#isListening) this.#consumer.deliver(frame)
  }

  deliverOwnEdit(update: Uint8Array): void {
    if (!this.#isListening || !this.transport.takesOwnEdits) return
    this.#consumer.deliverInPlace(new Frame(this.#document.projectId, ownEditMessage(update)))
  }

  deliverPresence(frame: Frame): void {
    this.#consumer.offer(frame)
  }

  stop(): void {
    this.#step2.stop()
    this.#everyone.stop()
    this.#consumer.stop()
    this.#isListening = false
  }

  #dispatch(message: Uint8Array, settle: Settle): void {
    const decoder = decoding.createDecoder(message)
    const type = read(() => decoding.readVarUint(decoder))
    if (type === messageType.sync) this.#receiveSync(decoder, settle)
    else if (type === messageType.chunk) this.#receiveChunk(decoder, settle)
    else {
      if (type === messageType.awareness)
        this.#document.presence.receive(
          this,
          read(() => decoding.readVarUint8Array(decoder)),
        )
      else if (type === messageType.queryAwareness) this.#everyone.request()
      // Any other type is a later protocol's or another server's: passed over, as y-websocket does.
      settle(null)
    }
  }

  #receiveSync(decoder: decoding.Decoder, settle: Settle): void {
    const type = read(() => decoding.readVarUint(decoder))
    const bytes = read(() => decoding.readVarUint8Array(decoder))
    if (type === syncType.step1) {
      this.#document.live.checkVector(bytes)
      this.#stateVector = bytes.slice()
      this.#step2.request()
      settle(null)
    } else if (type === syncType.step2 || type === syncType.update) this.#receiveUpdate(bytes, settle)
    else throw new AppError('invalid_frame')
  }

  #answerStep1(): void {
    const missing = this.#document.live.missingFrom(this.#stateVector)
    // From here on updates are delivered: sooner, they would build on what the client is only about to get.
    this.#isListening = true
    this.#answer(this.#document.step2(missing))
  }

  #receiveUpdate(update: Uint8Array, settle: Settle): void {
    this.#isListening = true
    if (!may(this.role, 'write')) {
      this.#receiveFromReader(update, settle)
      return
    }
    this.#document.live.apply({
      update,
      origin: { userId: this.person.userId, source: this },
      settle: (refusal) => {
        settle(refusal)
        if (refusal) this.transport.refuse(refusal)
      },
      onGap: () => this.#askForGap(),
    })
    this.#document.countUpdate(this.transport.door)
  }

  /** A reader answers our state vector like anyone; only if that holds something new is it an attempt to write. */
  #receiveFromReader(update: Uint8Array, settle: Settle): void {
    const { doc } = this.#document.live
    const decoded = decodeUpdate(update)
    refuseRepeats(doc, decoded)
    if (!isCovered(doc, decoded)) throw new AppError('read_only')
    settle(null)
  }

  #receiveChunk(decoder: decoding.Decoder, settle: Settle): void {
    const whole = this.#chunks.add(decoder)
    if (whole) this.#dispatch(whole, settle)
    else settle(null)
  }

  /** Requests of one gap come spaced, so that an answer has time to arrive before the next. */
  #askForGap(): void {
    const nowMs = performance.now()
    if (nowMs - this.#gapAskedAtMs < gapRequestSpacingMs) return
    // A gap asked about long ago was closed, or given up; this is another one.
    if (nowMs - this.#gapAskedAtMs > gapForgottenMs) this.#gapRequests = 0
    this.#gapAskedAtMs = nowMs
    if (this.#gapRequests++ < maxGapRequests) this.#requestMissing()
    else if (this.#gapRequests === maxGapRequests + 1) this.#document.reportGap(this.person.userId)
  }

  #requestMissing(): void {
    this.#answer(new Frame(this.#document.projectId, syncMessage(syncType.step1, this.#document.live.stateVector())))
  }

  #answer(frame: Frame): void {
    this.#consumer.answer(frame)
  }
}

/** The keep-alive of `/yjs`: an awareness message about nobody, which every client takes and none shows. */
export const emptyAwareness = awarenessMessage(new Uint8Array([0]))

function read<T>(readValue: () => T): T {
  try {
    return readValue()
  } catch (error) {
    throw new AppError('invalid_frame', { cause: error })
  }
}
