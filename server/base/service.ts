// The lifecycle contract: services start in order and stop in reverse, all stops under one common deadline.

import type { Log } from './log.ts'

/** Something long-lived. `start` resolves when it serves; `stop` resolves when nothing of it is left. */
export interface Service {
  readonly name: string
  start?(): Promise<void> | void
  /** Refuses new work and tells clients; called for all services before any is stopped. */
  drain?(): Promise<void> | void
  stop?(): Promise<void> | void
}

/** Starts services one by one and stops those that it started. */
export class ServiceGroup {
  readonly #log: Log
  readonly #started: Service[] = []
  #stopping: Promise<boolean> | undefined

  constructor(log: Log) {
    this.#log = log
  }

  /** Starts a service, to be stopped before those that were started earlier. Throws what its start throws; it is then not part of the group. */
  async start(service: Service): Promise<void> {
    await service.start?.()
    this.#started.push(service)
  }

  /** Drains all, then stops them in reverse order; gives false when `deadlineMs` ran out first. Calling it again joins the first call. */
  stop(deadlineMs: number): Promise<boolean> {
    this.#stopping ??= this.#stopWithin(deadlineMs)
    return this.#stopping
  }

  async #stopWithin(deadlineMs: number): Promise<boolean> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const deadline = new Promise<false>((resolve) => {
      timer = setTimeout(() => resolve(false), deadlineMs)
    })
    const stopped = await Promise.race([this.#stopAll().then(() => true as const), deadline])
    clearTimeout(timer)
    if (!stopped) this.#log.error({ deadlineMs }, 'service.stop_deadline_passed')
    return stopped
  }

  async #stopAll(): Promise<void> {
    const started = this.#started.toReversed()
    await Promise.all(started.map((service) => this.#attempt(service, 'drain')))
    for (const service of started) await this.#attempt(service, 'stop')
  }

  async #attempt(service: Service, step: 'drain' | 'stop'): Promise<void> {
    try {
      await service[step]?.()
    } catch (error) {
      // One service that fails to stop must not keep the others from flushing.
      this.#log.error({ service: service.name, step, err: error }, 'service.stop_failed')
    }
  }
}
