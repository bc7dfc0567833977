// One virtual person in a project's interview: asks, reads the words as they come, and answers.

/** What is used of a Socket.IO client. */
export interface InterviewSocket {
  on(event: string, listener: (told: never) => void): void
  timeout(durationMs: number): { emitWithAck(event: string, request: object): Promise<Answer> }
}

interface Answer {
  ok: boolean
  messageId?: string
  state?: string
  error?: { code: string }
}

const answerWithinMs = 30_000
const endStates: ReadonlySet<string> = new Set(['finished', 'stopped', 'interrupted', 'failed'])
const answers = [
  'Every nurse of a ward must see an order within 2 seconds.',
  'The service must keep each record for 30 days.',
  'About 200 people work with it, mostly in the morning.',
  'When the line is down, orders should wait on the device until it is back.',
]

/** Each method resolves when the server has answered, and throws with the code when it refuses. */
export class InterviewSeat {
  readonly #socket: InterviewSocket
  readonly #projectId: string
  /** How far each message was read. */
  readonly #read = new Map<string, number>()
  readonly #ended = new Set<string>()
  #onEnded: () => void = () => undefined
  #heard = 0
  #gaps = 0

  constructor(socket: InterviewSocket, projectId: string) {
    this.#socket = socket
    this.#projectId = projectId
    socket.on('message:delta', ({ messageId, offset, text }: { messageId: string; offset: number; text: string }) => {
      this.#heard++
      // Who comes in the middle of a message hears it from there on.
      const known = this.#read.get(messageId) ?? offset
      if (offset !== known) this.#gaps++
      this.#read.set(messageId, offset + text.length)
    })
    socket.on('message:finished', ({ message }: { message: { id: string } }) => this.#end(message.id))
    socket.on('message:failed', ({ messageId }: { messageId: string }) => this.#end(messageId))
  }

  async join(): Promise<void> {
    await this.#ask('project:join', { projectId: this.#projectId })
  }

  /** Asks for the next question; gives it, and whether it is being written, waits for others, or is there already. */
  async askQuestion(): Promise<{ messageId: string; comes: 'now' | 'later' | 'no more' }> {
    const { messageId = '', state = '' } = await this.#ask('interview:ask', { projectId: this.#projectId, requestId: crypto.randomUUID() })
    const isThere = endStates.has(state) || this.#ended.has(messageId)
    return { messageId, comes: isThere ? 'no more' : state === 'running' ? 'now' : 'later' }
  }

  /** Resolves once a message has ended. */
  async untilEnded(messageId: string): Promise<void> {
    const deadlineMs = performance.now() + answerWithinMs
    while (!this.#ended.has(messageId)) {
      const leftMs = deadlineMs - performance.now()
      if (leftMs <= 0) throw new Error(`a question had not ended within ${answerWithinMs} ms`)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, leftMs)
        this.#onEnded = () => {
          clearTimeout(timer)
          resolve()
        }
      })
    }
  }

  async sayAnswer(): Promise<void> {
    const text = answers[Math.floor(Math.random() * answers.length)] ?? ''
    await this.#ask('interview:say', { projectId: this.#projectId, requestId: crypto.randomUUID(), text })
  }

  /** Pieces of words since it was last asked, and how many of them did not join on. */
  takeHeard(): { heard: number; gaps: number } {
    const [heard, gaps] = [this.#heard, this.#gaps]
    this.#heard = 0
    this.#gaps = 0
    return { heard, gaps }
  }

  async leave(): Promise<void> {
    await this.#ask('project:leave', { projectId: this.#projectId })
  }

  #end(messageId: string): void {
    this.#ended.add(messageId)
    this.#onEnded()
  }

  async #ask(event: string, request: object): Promise<Answer> {
    const answer = await this.#socket.timeout(answerWithinMs).emitWithAck(event, request)
    if (!answer.ok) throw new Error(`${event} was refused: ${answer.error?.code ?? 'unknown'}`)
    return answer
  }
}
