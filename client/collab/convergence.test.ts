// Several providers over lines that are late, overtake each other and drop, against a peer that is killed: one text, nothing acked lost.

import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import type { Provider } from './provider.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import { pass, projectId, World, type Member } from '../../test/rigs/provider-world.ts'
import { WirePeer } from '../../test/rigs/wire-peer.ts'

beforeEach(() => {
  vi.useFakeTimers()
})

afterEach(() => {
  vi.useRealTimers()
})

type Step =
  | { type: 'insert' | 'delete'; who: number; at: number; count: number }
  | { type: 'drop' | 'vanish' | 'replace'; who: number }
  | { type: 'refuse'; code: ErrorCode; ms: number }
  | { type: 'kill' | 'silence' }
  | { type: 'pass'; ms: number }

const who = fc.nat(3)
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 8, arbitrary: fc.record({ type: fc.constant('insert' as const), who, at: fc.nat(), count: fc.integer({ min: 1, max: 40 }) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('delete' as const), who, at: fc.nat(), count: fc.integer({ min: 1, max: 10 }) }) },
  {
    weight: 2,
    arbitrary: fc.record({ type: fc.constantFrom('drop' as const, 'drop' as const, 'vanish' as const, 'replace' as const), who }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      type: fc.constant('refuse' as const),
      code: fc.constantFrom<ErrorCode>('store_unavailable', 'overloaded', 'draining', 'not_joined'),
      ms: fc.integer({ min: 1, max: 2_000 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('kill' as const, 'kill' as const, 'silence' as const) }) },
  { weight: 8, arbitrary: fc.record({ type: fc.constant('pass' as const), ms: fc.integer({ min: 1, max: 120 }) }) },
)

/** One person: what they did themselves, and how much of that was ever shown as saved. */
class Typist {
  readonly member: Member
  readonly #own: Uint8Array[] = []
  saved: Uint8Array = Y.encodeStateAsUpdate(new Y.Doc())

  constructor(member: Member) {
    this.member = member
    const { provider } = member
    provider.doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      if (transaction.local) this.#own.push(update)
    })
    provider.subscribe(() => {
      if (provider.state.save.state === 'saved' && this.#own.length > 0) this.saved = Y.mergeUpdates([this.saved, ...this.#own])
    })
  }
}

/** Whether `doc` holds all of `update`, deletions too. */
function holds(doc: Y.Doc, update: Uint8Array): boolean {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(doc))
  Y.applyUpdate(copy, update)
  return copy.store.pendingStructs === null && copy.store.pendingDs === null && Y.equalSnapshots(Y.snapshot(doc), Y.snapshot(copy))
}

class Chaos {
  readonly peer: WirePeer
  readonly world: World
  readonly typists: Typist[] = []
  readonly everyone: Typist[] = []
  readonly #random: () => number
  #names = 0

  constructor(seed: number) {
    this.#random = randomOf(seed)
    this.peer = new WirePeer(projectId, () => 1 + this.#random() * 30)
    this.peer.chunkBytes = 300
    this.world = new World(this.peer)
    for (let index = 0; index < 4; index++) this.#enter(index)
  }

  async run(step: Step): Promise<void> {
    switch (step.type) {
      case 'insert':
        this.#text(step.who, (text) => text.insert(step.at % (text.length + 1), `${step.who}`.repeat(step.count)))
        break
      case 'delete':
        this.#text(step.who, (text) => {
          const from = text.length === 0 ? 0 : step.at % text.length
          text.delete(from, Math.min(step.count, text.length - from))
        })
        break
      case 'drop':
        this.typists[step.who]?.member.link.drop()
        break
      case 'vanish':
        // The tab is closed at once, saved or not; what was shown as saved must not need it.
        this.typists[step.who]?.member.provider.destroy()
        this.#enter(step.who)
        break
      case 'replace':
        this.typists[step.who]?.member.link.drop()
        this.typists[step.who]?.member.provider.retryNow()
        break
      case 'refuse':
        this.peer.refuse = () => step.code
        await pass(step.ms)
        this.peer.refuse = () => null
        break
      case 'kill':
        this.peer.kill()
        for (const { member } of this.typists) member.link.drop()
        break
      case 'silence':
        this.peer.isSilent = true
        await pass(50)
        this.peer.isSilent = false
        break
      case 'pass':
        await pass(step.ms)
        break
    }
  }

  /** Everything works from now on: lets it come to rest. */
  async settle(): Promise<void> {
    for (let times = 0; times < 60 && !this.typists.every(({ member }) => isAtRest(member.provider)); times++) await pass(1_000)
    await pass(500)
  }

  #enter(index: number): void {
    const delayMs = () => 1 + this.#random() * 40
    const name = `${index}#${this.#names++}`
    const member = this.world.add(
      name,
      { ackTimeoutMs: 2_000, random: this.#random },
      { delayMs, reconnectMs: () => 5 + this.#random() * 300 },
    )
    const typist = new Typist(member)
    this.typists[index] = typist
    this.everyone.push(typist)
  }

  #text(index: number, edit: (text: Y.Text) => void): void {
    const provider = this.typists[index]?.member.provider
    if (provider) edit(provider.text)
  }
}

function isAtRest({ state }: Provider): boolean {
  return state.save.state === 'saved' && state.isSynced
}

/** mulberry32: the same seed, the same network. */
function randomOf(seed: number): () => number {
  let a = seed
  return () => {
    a = (a + 0x6d2b79f5) | 0
    let t = Math.imul(a ^ (a >>> 15), 1 | a)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

it('[COL4] converges to one text over lossy, staggered lines, and loses nothing that was shown as saved', { timeout: 60_000 }, async () => {
  const property = fc.asyncProperty(fc.integer(), fc.array(step, { minLength: 20, maxLength: 120 }), async (networkSeed, steps) => {
    const chaos = new Chaos(networkSeed)
    try {
      for (const step of steps) await chaos.run(step)
      await chaos.settle()
      const committed = chaos.peer.committedDoc()
      const text = committed.getText('content').toString()
      expect(chaos.typists.map(({ member }) => member.provider.state.save.state)).toEqual(['saved', 'saved', 'saved', 'saved'])
      expect(chaos.typists.map(({ member }) => member.provider.text.toString())).toEqual([text, text, text, text])
      expect(chaos.everyone.filter(({ saved }) => !holds(committed, saved))).toEqual([])
      expect(chaos.peer.maxInFlight).toBeLessThanOrEqual(1)
    } finally {
      chaos.world.end()
    }
  })
  // A failure prints the seed of the steps, and their first argument is the network's.
  await fc.assert(property, { numRuns: 60 })
})
