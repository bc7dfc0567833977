// Back-pressure on a sender: its socket is not read for a while, so that TCP slows it down.

import type { WebSocket } from 'ws'

/** Longest single pause: pongs are not read either, and a socket that seems dead would be closed. */
const maxPauseMs = 5_000

/** Pauses reading; pauses that overlap last as long as the longest. */
export class ReadPause {
  readonly #socket: WebSocket
  #timer: ReturnType<typeof setTimeout> | undefined
  #untilMs = 0

  constructor(socket: WebSocket) {
    this.#socket = socket
  }

  extend(durationMs: number): void {
    const untilMs = performance.now() + Math.min(durationMs, maxPauseMs)
    if (untilMs <= this.#untilMs || this.#socket.readyState !== this.#socket.OPEN) return
    this.#untilMs = untilMs
    clearTimeout(this.#timer)
    this.#socket.pause()
    this.#timer = setTimeout(() => this.#socket.resume(), untilMs - performance.now())
  }
}
