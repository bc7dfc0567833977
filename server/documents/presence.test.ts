// Presence on the way out: windows by a clock of the test, bytes read by the real awareness of y-protocols.

import { encoding } from 'lib0'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { applyAwarenessUpdate, Awareness, encodeAwarenessUpdate } from 'y-protocols/awareness'
import * as Y from 'yjs'
import { MemoryTransport } from '../../test/rigs/memory-transport.ts'
import { hear } from '../../test/rigs/yjs-client.ts'
import type { Role } from '../../shared/domain/roles.ts'
import { messageType } from '../../shared/wire/yjs-messages.ts'
import { decodeAwareness, encodeAwareness } from './awareness-update.ts'
import type { Participant } from './participant.ts'
import { Presence } from './presence.ts'

/** A participant that keeps an awareness of the real library up to date. */
function participant(userId: string, role: Role = 'editor'): Participant & { transport: MemoryTransport; awareness: Awareness } {
  const transport = new MemoryTransport()
  const awareness = new Awareness(new Y.Doc())
  transport.onMessage = (message) => {
    const { type, payload } = hear(message)
    expect(type).toBe(messageType.awareness)
    applyAwarenessUpdate(awareness, payload, 'server')
  }
  return {
    person: { userId, name: `Name of ${userId}`, color: '#15803d' },
    ownClientId: undefined,
    role,
    transport,
    waitingBytes: 0,
    awareness,
    deliver: () => undefined,
    deliverOwnEdit: () => undefined,
    deliverPresence: (frame) => transport.send(frame),
    greet: () => undefined,
    stop: () => undefined,
  }
}

const nameIn = (awareness: Awareness, clientId: number): unknown =>
  (awareness.getStates().get(clientId) as { user?: { name?: unknown } } | undefined)?.user?.name
const own = ({ awareness }: { awareness: Awareness }): Uint8Array => encodeAwarenessUpdate(awareness, [awareness.clientID])

const connections = new Set<Participant>()
let presence: Presence

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance', 'Date'] })
  connections.clear()
  presence = new Presence('p', connections, 4_096)
})

afterEach(() => {
  vi.useRealTimers()
})

function enter(userId: string, role?: Role): ReturnType<typeof participant> {
  const one = participant(userId, role)
  connections.add(one)
  presence.entered()
  return one
}

describe('cursors', () => {
  it('[DOC24] go out at most ten times a second, the last state winning, read by the library everyone uses', () => {
    const [ann, bob] = [enter('ann'), enter('bob')]
    for (let move = 0; move < 500; move++) {
      ann.awareness.setLocalStateField('cursor', move)
      presence.receive(ann, own(ann))
      vi.advanceTimersByTime(10)
    }
    vi.advanceTimersByTime(200)
    expect(bob.transport.messages.length).toBeGreaterThan(40)
    expect(bob.transport.messages.length).toBeLessThanOrEqual(51)
    expect(bob.awareness.getStates().get(ann.awareness.clientID)).toMatchObject({ cursor: 499, user: { name: 'Name of ann' } })
    expect(ann.transport.messages).toEqual([])
  })

  it('[DOC24] of a client go at once when its socket goes', () => {
    const [ann, bob] = [enter('ann'), enter('bob')]
    ann.awareness.setLocalStateField('cursor', 1)
    presence.receive(ann, own(ann))
    vi.advanceTimersByTime(1_000)
    expect(nameIn(bob.awareness, ann.awareness.clientID)).toBe('Name of ann')
    connections.delete(ann)
    presence.left(ann)
    vi.advanceTimersByTime(1)
    expect(bob.awareness.getStates().has(ann.awareness.clientID)).toBe(false)
  })

  it('[DOC25] of a tab that comes back with the clock it had are on everyone’s screen within a window', () => {
    const [ann, bob] = [enter('ann'), enter('bob')]
    ann.awareness.setLocalStateField('cursor', 1)
    const state = own(ann)
    presence.receive(ann, state)
    vi.advanceTimersByTime(1_000)
    connections.delete(ann)
    presence.left(ann)
    vi.advanceTimersByTime(1_000)
    const back = enter('ann')
    presence.receive(back, state)
    vi.advanceTimersByTime(100)
    expect(nameIn(bob.awareness, ann.awareness.clientID)).toBe('Name of ann')
  })

  it('[DOC22] of others are in what a newcomer is given, and survive a newcomer that sends them back as gone', () => {
    const [ann, bob] = [enter('ann'), enter('bob')]
    for (const one of [ann, bob]) {
      one.awareness.setLocalStateField('cursor', 1)
      presence.receive(one, own(one))
    }
    const eve = enter('eve')
    eve.transport.send(presence.everyone())
    expect(nameIn(eve.awareness, bob.awareness.clientID)).toBe('Name of bob')
    const ids = [...eve.awareness.getStates().keys()]
    eve.awareness.states.clear()
    for (const id of ids) eve.awareness.meta.set(id, { clock: 50, lastUpdated: 0 })
    presence.receive(eve, encodeAwarenessUpdate(eve.awareness, ids))
    vi.advanceTimersByTime(1_000)
    expect(nameIn(bob.awareness, ann.awareness.clientID)).toBe('Name of ann')
    expect(presence.everyone().message.byteLength).toBeGreaterThan(100)
  })

  it('[DOC24] that arrive behind a leave leave no ghost, and nothing is scheduled once all have left', () => {
    const ann = enter('ann')
    ann.awareness.setLocalStateField('cursor', 1)
    presence.receive(ann, own(ann))
    connections.delete(ann)
    presence.left(ann)
    presence.receive(ann, own(ann))
    // The one that is left is of the rig's own awareness.
    expect(vi.getTimerCount()).toBe(1)
    expect(decodeAwareness(hear(presence.everyone().message).payload)).toEqual([])
  })
})

describe('people', () => {
  it('[DOC24] are listed once each, in one message for all who come and go together', () => {
    const many = Array.from({ length: 20 }, (_, index) => enter(`p${index % 5}`, 'viewer'))
    vi.advanceTimersByTime(1_000)
    const [first] = many
    expect(first?.transport.events).toHaveLength(1)
    expect(first?.transport.events[0]).toMatchObject({
      name: 'presence',
      event: { projectId: 'p', present: [{ userId: 'p0', role: 'viewer', connections: 4 }, {}, {}, {}, {}] },
    })
  })
})

describe('people on several nodes', () => {
  it('[RELAY7] are told of when they come and go, and never because another node has told of its own', () => {
    const nodes = Array.from({ length: 3 }, () => {
      const here = new Set<Participant>()
      return { here, presence: new Presence('p', here, 4_096) }
    })
    let told = 0
    for (const [index, { presence: from }] of nodes.entries())
      from.share({
        cursors: () => undefined,
        people: (people) => {
          told++
          for (const to of nodes) if (to.presence !== from) to.presence.takePeople(`node ${index}`, people)
        },
      })
    const someone = nodes.map(({ here, presence: on }, index) => {
      const one = participant(`p${index}`)
      here.add(one)
      on.entered()
      return one
    })
    vi.advanceTimersByTime(10_000)
    expect(told).toBe(3)
    for (const { transport } of someone) {
      const last = transport.events.at(-1)
      expect(last).toMatchObject({
        name: 'presence',
        event: { present: expect.arrayContaining(['p0', 'p1', 'p2'].map((userId) => expect.objectContaining({ userId }))) },
      })
    }
    const heard = someone[0]?.transport.events.length
    nodes[1]?.presence.sayAgain()
    vi.advanceTimersByTime(10_000)
    expect(told).toBe(4)
    expect(someone[0]?.transport.events).toHaveLength(heard ?? 0)
  })
})

describe('the bytes of an awareness update', () => {
  it('[DOC24] are those of y-protocols, both ways', () => {
    const awareness = new Awareness(new Y.Doc())
    awareness.setLocalState({ text: '😀 é' })
    const update = encodeAwarenessUpdate(awareness, [awareness.clientID])
    const entries = decodeAwareness(update)
    expect(entries).toEqual([{ clientId: awareness.clientID, clock: 1, json: '{"text":"😀 é"}' }])
    expect(encodeAwareness(entries)).toEqual(update)
  })

  it('[DOOR8] are refused by name when they are none, or have a clock that others could not read', () => {
    const code = (bytes: Uint8Array): string => {
      try {
        decodeAwareness(bytes)
      } catch (error) {
        return (error as { code: string }).code
      }
      return 'none'
    }
    const encoder = encoding.createEncoder()
    for (const value of [1, 7, Number.MAX_SAFE_INTEGER]) encoding.writeVarUint(encoder, value)
    encoding.writeVarString(encoder, '{}')
    expect(
      [new Uint8Array(0), new Uint8Array([3, 1]), new Uint8Array([255, 255, 255, 127]), encoding.toUint8Array(encoder)].map(code),
    ).toEqual(Array.from({ length: 4 }, () => 'invalid_frame'))
  })
})
