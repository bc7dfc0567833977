// Whether the generator itself kept up: a figure taken with its own event loop busy says nothing about the server.

import { monitorEventLoopDelay, performance, type EventLoopUtilization } from 'node:perf_hooks'

const resolutionMs = 1
/** Past these the generator's own queueing shows in what it measures. */
const utilizationMax = 0.85
const delayP99MaxMs = 25

export interface Health {
  /** 0 to 1: how much of the time the loop was busy. */
  utilization: number
  /** How much later than due a timer of the loop came. */
  delayP50Ms: number
  delayP99Ms: number
  /** Whether the figures may be believed. */
  isFit: boolean
}

export class GeneratorHealth {
  readonly #delay = monitorEventLoopDelay({ resolution: resolutionMs })
  #before: EventLoopUtilization = performance.eventLoopUtilization()

  begin(): void {
    this.#delay.enable()
    this.#delay.reset()
    this.#before = performance.eventLoopUtilization()
  }

  end(): Health {
    this.#delay.disable()
    const { utilization } = performance.eventLoopUtilization(this.#before)
    const delayP50Ms = this.#percentileMs(50)
    const delayP99Ms = this.#percentileMs(99)
    return { utilization, delayP50Ms, delayP99Ms, isFit: utilization <= utilizationMax && delayP99Ms <= delayP99MaxMs }
  }

  #percentileMs(percentile: number): number {
    return Math.max(0, this.#delay.percentile(percentile) / 1e6 - resolutionMs)
  }
}
