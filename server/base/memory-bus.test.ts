// The bus in memory, as every bus must be: to all other nodes, in order, never back, and nothing left behind.

import { describe, expect, it } from 'vitest'
import { MemoryBusHub } from './memory-bus.ts'

const turn = (): Promise<void> => new Promise(setImmediate)

describe('the bus', () => {
  it('[BASE7] reaches every other node that listens on the channel, in order, and never the publisher’s own', async () => {
    const hub = new MemoryBusHub()
    const nodes = [hub.connect(), hub.connect(), hub.connect()]
    const heard: number[][] = [[], [], []]
    const other: number[] = []
    nodes.forEach((node, index) => node.subscribe('a', (bytes) => heard[index]?.push(bytes[0] ?? -1)))
    nodes[1]?.subscribe('b', (bytes) => other.push(bytes[0] ?? -1))
    for (const byte of [1, 2, 3]) nodes[0]?.publish('a', new Uint8Array([byte]))
    expect(heard).toEqual([[], [], []])
    await turn()
    expect([heard, other]).toEqual([[[], [1, 2, 3], [1, 2, 3]], []])
  })

  it('[BASE7] hands over bytes of the listener’s own, though the publisher goes on using its buffer', async () => {
    const hub = new MemoryBusHub()
    const heard: Uint8Array[] = []
    hub.connect().subscribe('a', (bytes) => heard.push(bytes))
    const bytes = new Uint8Array([1, 2])
    hub.connect().publish('a', bytes)
    bytes.fill(9)
    await turn()
    expect(heard).toEqual([new Uint8Array([1, 2])])
  })

  it('[BASE7] holds nothing for those who have stopped listening, also when they listen anew', async () => {
    const hub = new MemoryBusHub()
    const [node, publisher] = [hub.connect(), hub.connect()]
    const first = node.subscribe('a', () => undefined)
    const second = node.subscribe('a', () => undefined)
    await Promise.all([first.ready, second.ready])
    first.unsubscribe()
    expect(hub.channelCount).toBe(1)
    second.unsubscribe()
    second.unsubscribe()
    expect(hub.channelCount).toBe(0)
    let heard = 0
    const third = node.subscribe('a', () => heard++)
    second.unsubscribe()
    publisher.publish('a', new Uint8Array(1))
    await turn()
    expect([heard, hub.channelCount]).toEqual([1, 1])
    third.unsubscribe()
    publisher.publish('a', new Uint8Array(1))
    await turn()
    expect([heard, hub.channelCount, publisher.isConnected]).toEqual([1, 0, true])
  })
})
