// The lifecycle: the order of starts and stops, failures on the way, the deadline.

import { describe, expect, it } from 'vitest'
import { createLog } from './log.ts'
import { ServiceGroup, type Service } from './service.ts'

/** Services that note what is done to them; `change` makes one of them misbehave. */
function rig(change: Record<string, Partial<Service>> = {}) {
  const steps: string[] = []
  const logged: string[] = []
  const log = createLog('info', { write: (line) => void logged.push(line) })
  const service = (name: string): Service => ({
    name,
    start: async () => void steps.push(`start ${name}`),
    drain: async () => void steps.push(`drain ${name}`),
    stop: async () => {
      // A stop that takes a while: the next one must not begin before it ends.
      await new Promise(setImmediate)
      steps.push(`stop ${name}`)
    },
    ...change[name],
  })
  const group = new ServiceGroup(log)
  const startAll = async () => {
    for (const name of ['a', 'b', 'c']) await group.start(service(name))
    steps.length = 0
  }
  return { group, steps, logged, service, startAll }
}

describe('services', () => {
  it('[BASE3] are drained, all of them, and then stopped in reverse, one after another', async () => {
    const { group, steps, startAll } = rig()
    await startAll()
    expect(await group.stop(1_000)).toBe(true)
    expect(steps.slice(0, 3).toSorted()).toEqual(['drain a', 'drain b', 'drain c'])
    expect(steps.slice(3)).toEqual(['stop c', 'stop b', 'stop a'])
  })

  it('[BASE3] that were never started, or failed to start, are not stopped', async () => {
    const { group, steps, service } = rig({ b: { start: () => Promise.reject(new Error('port taken')) } })
    await group.start(service('a'))
    await expect(group.start(service('b'))).rejects.toThrow('port taken')
    steps.length = 0
    await group.stop(1_000)
    expect(steps).toEqual(['drain a', 'stop a'])
  })

  it('[BASE3] are stopped once, however often it is asked', async () => {
    const { group, steps, startAll } = rig()
    await startAll()
    expect(await Promise.all([group.stop(1_000), group.stop(1)])).toEqual([true, true])
    expect(steps.filter((step) => step === 'stop a')).toHaveLength(1)
  })

  it('[BASE4] that fail to drain or stop, at once or later, do not keep the others from it', async () => {
    const { group, steps, logged, startAll } = rig({
      a: { drain: () => Promise.reject(new Error('x')) },
      b: {
        stop: () => {
          throw new Error('y')
        },
      },
      c: { stop: () => Promise.reject(new Error('z')) },
    })
    await startAll()
    expect(await group.stop(1_000)).toBe(true)
    expect(steps.filter((step) => step.startsWith('stop'))).toEqual(['stop a'])
    expect(
      logged
        .map((line) => JSON.parse(line) as { service: string; step: string; msg: string })
        .map(({ service, step, msg }) => [msg, service, step]),
    ).toEqual([
      ['service.stop_failed', 'a', 'drain'],
      ['service.stop_failed', 'c', 'stop'],
      ['service.stop_failed', 'b', 'stop'],
    ])
  })

  it('[BASE4] that hang are given up at the deadline, which is logged', async () => {
    const { group, logged, startAll } = rig({ b: { stop: () => new Promise(() => undefined) } })
    await startAll()
    const startMs = performance.now()
    expect(await group.stop(50)).toBe(false)
    expect(performance.now() - startMs).toBeLessThan(500)
    expect(logged.join('')).toContain('service.stop_deadline_passed')
  })

  it('[BASE3] need no part of the contract but a name', async () => {
    const { group } = rig()
    await group.start({ name: 'bare' })
    expect(await group.stop(1_000)).toBe(true)
  })
})
