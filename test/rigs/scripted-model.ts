// A model's HTTP server that does what a test says: OpenAI's and Anthropic's way of answering, whole or streamed, and every way of failing.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'
import { anthropicWords, openaiWords, type ModelWords, type ScriptedUsage } from './model-words.ts'

/** What is done with one call; it may take its time. */
export type ModelScript = (call: ModelCall) => void | Promise<void>

/** What a call asked for, as far as both ways have it. */
export interface AskedModel {
  readonly model: string
  readonly stream?: boolean
  readonly messages: readonly { role: string; content: unknown }[]
}

/** One request: what came, and the way of its answer. */
export class ModelCall {
  readonly body: AskedModel
  readonly headers: IncomingMessage['headers']
  readonly startedAtMs = performance.now()
  /** When the client went away before the answer's end, in `performance.now()`. */
  abortedAtMs: number | null = null
  readonly #response: ServerResponse
  readonly #words: ModelWords
  #isBegun = false
  #text = ''

  constructor(request: IncomingMessage, response: ServerResponse, body: AskedModel) {
    this.body = body
    this.headers = request.headers
    this.#response = response
    this.#words = request.url?.endsWith('/messages') ? anthropicWords : openaiWords
    response.on('close', () => {
      if (!response.writableFinished) this.abortedAtMs ??= performance.now()
    })
  }

  /** All that was asked, as one text. */
  get prompt(): string {
    return JSON.stringify(this.body)
  }

  /** Some words of the answer. */
  say(text: string): void {
    this.#text += text
    if (this.body.stream === true) this.send(this.#words.delta(text))
  }

  /** The answer's end as it should be. */
  end(usage: ScriptedUsage = { inputTokens: 10, outputTokens: 5 }): void {
    if (this.body.stream === true) {
      this.send(this.#words.end(usage))
      this.#response.end()
    } else this.#answer(200, this.#words.whole(this.#text, usage))
  }

  /** An end without the words for it. */
  stopShort(): void {
    this.#begin()
    this.#response.end()
  }

  /** The line goes down. */
  cut(): void {
    this.#begin()
    // Behind what was said.
    this.#response.write('', () => this.#response.destroy())
  }

  refuse(status: number, message = 'no', headers: Record<string, string> = {}): void {
    this.#answer(status, { type: 'error', error: { type: 'refused', message } }, headers)
  }

  /** An overload that is told where the answer should be, behind a status of 200. */
  overloadInside(): void {
    this.send(this.#words.overload)
    this.#response.end()
  }

  /** Bytes as they are. */
  send(bytes: string | Uint8Array): void {
    this.#begin()
    this.#response.write(bytes)
  }

  /** `text` as a whole streamed answer with CRLF, each byte in a frame of its own. */
  async sendByteByByte(text: string): Promise<void> {
    const answer = this.#words.start + this.#words.delta(text) + this.#words.end({ inputTokens: 3, outputTokens: 2 })
    this.#isBegun = true
    this.#response.socket?.setNoDelay(true)
    for (const byte of Buffer.from(answer.replaceAll('\n', '\r\n'))) {
      this.#response.write(Uint8Array.of(byte))
      await wait(0)
    }
    this.#response.end()
  }

  #begin(): void {
    if (this.#isBegun) return
    this.#isBegun = true
    this.#response.writeHead(200, { 'content-type': this.body.stream === true ? 'text/event-stream' : 'application/json' })
    if (this.body.stream === true) this.#response.write(this.#words.start)
  }

  #answer(status: number, body: unknown, headers: Record<string, string> = {}): void {
    this.#response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  }
}

/** Says `text` word by word and ends. */
export const saying =
  (text: string, tokenMs = 0): ModelScript =>
  async (call) => {
    for (const token of text.match(/\s*\S+/g) ?? []) {
      call.say(token)
      if (tokenMs > 0) await wait(tokenMs)
    }
    call.end()
  }

/** Takes the call and says nothing. */
export const silent: ModelScript = () => undefined

/** The server. Its `script` may be changed at any time; each call follows the one of its beginning. */
export class ScriptedModel {
  script: ModelScript = silent
  readonly calls: ModelCall[] = []
  readonly #server: Server

  private constructor() {
    this.#server = createServer((request, response) => void this.#take(request, response))
  }

  static async start(): Promise<ScriptedModel> {
    const rig = new ScriptedModel()
    await new Promise<void>((resolve) => rig.#server.listen(0, '127.0.0.1', resolve))
    return rig
  }

  /** For LLM_BASE_URL, of either provider. */
  get baseUrl(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/v1`
  }

  /** The nth call, once it is there. */
  async call(index: number): Promise<ModelCall> {
    for (;;) {
      const call = this.calls[index]
      if (call) return call
      await wait(1)
    }
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections()
    await new Promise((resolve) => this.#server.close(resolve))
  }

  async #take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const call = new ModelCall(request, response, JSON.parse(Buffer.concat(chunks).toString()) as AskedModel)
    this.calls.push(call)
    await this.script(call)
  }
}
