// The provider against the real server: killed and stopped under typing, rights that go, large texts, presence.

import { afterAll, afterEach, beforeAll, beforeEach, expect, it, onTestFailed } from 'vitest'
import { createProject, letIn, readSpec, signUp, type Person } from '../../test/rigs/people.ts'
import { startServer, type ServerProcess } from '../../test/rigs/server-process.ts'
import type { Connection } from '../net/connection.ts'
import { connectSocket } from '../net/socket.ts'
import { createProvider, type Provider } from './provider.ts'
import type { ProviderState } from './provider-state.ts'

let server: ServerProcess
let owner: Person
let guest: Person
let projectId: string
let open: { provider: Provider; connection: Connection }[] = []

beforeAll(async () => {
  server = await startServer()
})

afterAll(() => server.stop())

beforeEach(async () => {
  owner = await signUp({ serverUrl: server.url, name: 'Ada' })
  guest = await signUp({ serverUrl: server.url, name: 'Grace' })
  projectId = await createProject(owner)
  await letIn({ owner, projectId, people: [guest] })
  onTestFailed(() => void process.stderr.write(server.output()))
})

afterEach(() => {
  for (const { provider, connection } of open) {
    provider.destroy()
    connection.close()
  }
  open = []
})

function enter(person: Person, project = projectId): Provider {
  const connection = connectSocket({ url: server.url, token: person.token })
  const provider = createProvider({ projectId: project, connection })
  open.push({ provider, connection })
  return provider
}

/** Resolves with the first state that is as wanted. */
function until(provider: Provider, isWanted: (state: ProviderState) => boolean): Promise<ProviderState> {
  return new Promise((resolve) => {
    const look = () => {
      if (isWanted(provider.state)) {
        stop()
        resolve(provider.state)
      }
    }
    const stop = provider.subscribe(look)
    look()
  })
}

const untilSaved = (provider: Provider) => until(provider, ({ save, isSynced }) => save.state === 'saved' && isSynced)

/** Resolves once the text is as wanted. */
function untilText(provider: Provider, isWanted: (text: string) => boolean): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (isWanted(provider.text.toString())) {
        provider.text.unobserve(look)
        resolve()
      }
    }
    provider.text.observe(look)
    look()
  })
}

/** Types numbered words until stopped; keeps which of them were shown as saved. */
class Typist {
  readonly provider: Provider
  readonly #name: string
  readonly #timer: ReturnType<typeof setInterval>
  #typed = 0
  savedWords = 0

  constructor(provider: Provider, name: string) {
    this.provider = provider
    this.#name = name
    provider.subscribe(() => {
      if (provider.state.save.state === 'saved') this.savedWords = this.#typed
    })
    this.#timer = setInterval(() => {
      // Counted first: typing is heard by the listener above while it happens, as unsaved.
      this.#typed++
      provider.text.insert(provider.text.length, `${name}${this.#typed} `)
    }, 7)
  }

  stop(): void {
    clearInterval(this.#timer)
  }

  /** Words shown as saved that are not in `text`. */
  lost(text: string): string[] {
    const there = new Set(text.split(/\s+/))
    return Array.from({ length: this.savedWords }, (_, index) => `${this.#name}${index + 1}`).filter((word) => !there.has(word))
  }

  get typed(): number {
    return this.#typed
  }
}

const untilWordsSaved = (typist: Typist, count: number) => until(typist.provider, () => typist.savedWords >= count)

it('[COL19] loses nothing that was shown as saved when the server is killed under typing, though all who typed have left', async () => {
  for (let round = 1; round <= 4; round++) {
    const typists = [new Typist(enter(owner), `a${round}-`), new Typist(enter(guest), `b${round}-`)]
    await Promise.all(typists.map(({ provider }) => untilSaved(provider)))
    await Promise.all(typists.map((typist) => untilWordsSaved(typist, 20)))
    const { pid } = server
    await server.kill9()
    for (const typist of typists) {
      typist.stop()
      typist.provider.destroy()
    }
    await server.restart()
    expect(server.pid).not.toBe(pid)
    const text = await readSpec(owner, projectId)
    expect(typists.flatMap((typist) => typist.lost(text))).toEqual([])
  }
})

it('[COL19] goes on by itself after a kill, and brings what was typed meanwhile', async () => {
  const typists = [new Typist(enter(owner), 'a'), new Typist(enter(guest), 'b')]
  await Promise.all(typists.map(({ provider }) => untilSaved(provider)))
  for (let kills = 0; kills < 2; kills++) {
    for (const typist of typists) await untilWordsSaved(typist, typist.savedWords + 20)
    await server.kill9()
    for (const { provider } of typists) {
      expect(await until(provider, ({ save }) => save.state === 'offline')).toMatchObject({ connection: { state: 'reconnecting' } })
      await until(provider, ({ save }) => save.unsavedCount > 20)
    }
    await server.restart()
    await Promise.all(typists.map(({ provider }) => until(provider, ({ connection }) => connection.state === 'live')))
  }
  for (const typist of typists) typist.stop()
  await Promise.all(typists.map(({ provider }) => untilSaved(provider)))
  const text = await readSpec(owner, projectId)
  for (const typist of typists) {
    expect(typist.savedWords).toBe(typist.typed)
    expect(typist.lost(text)).toEqual([])
    await untilText(typist.provider, (own) => own === text)
  }
})

it('[COL19] leaves a server that stops when told to, and comes back to the next', async () => {
  const typist = new Typist(enter(owner), 'a')
  await untilSaved(typist.provider)
  const draining = until(typist.provider, ({ connection }) => connection.state === 'draining')
  const ended = server.terminate()
  await draining
  expect(await ended).toBe(0)
  await server.restart()
  typist.provider.retryNow()
  await until(typist.provider, ({ connection }) => connection.state === 'live')
  typist.stop()
  await untilSaved(typist.provider)
  expect(typist.lost(await readSpec(owner, projectId))).toEqual([])
})

it('[COL9] brings a text of several frames over, and back to a fresh client', async () => {
  const provider = enter(owner)
  await untilSaved(provider)
  provider.text.insert(0, 'A line of a long spec.\n'.repeat(130_000))
  expect(provider.state.save.state).toBe('saving')
  await untilSaved(provider)
  const fresh = enter(guest)
  await untilSaved(fresh)
  expect(fresh.text.toString()).toBe(provider.text.toString())
})

it('[COL8] says that a document is full, and is in order again once the text is gone', async () => {
  const provider = enter(owner)
  await untilSaved(provider)
  const seed = provider.text.toString()
  provider.text.insert(0, 'x'.repeat(6 * 1024 * 1024))
  const { refusal } = await until(provider, (state) => state.refusal !== null)
  expect(['document_full', 'too_large']).toContain(refusal?.code)
  expect(provider.state.save).toMatchObject({ state: 'saving', reason: 'refused' })
  provider.text.delete(0, 6 * 1024 * 1024)
  provider.text.insert(0, 'small ')
  await untilSaved(provider)
  expect(await readSpec(guest, projectId)).toBe(`small ${seed}`)
})

it('[COL7] keeps what a viewer types to itself', async () => {
  const viewer = await signUp({ serverUrl: server.url, name: 'Mary' })
  await letIn({ owner, projectId, people: [viewer], role: 'viewer' })
  const provider = enter(viewer)
  const state = await untilSaved(provider)
  expect(state).toMatchObject({ role: 'viewer', refusal: null })
  const before = await readSpec(owner, projectId)
  provider.text.insert(0, 'not allowed')
  expect(provider.state).toMatchObject({ refusal: { code: 'read_only' }, save: { hasUnsaved: true, reason: 'refused' } })
  expect(await readSpec(owner, projectId)).toBe(before)
})

it('[COL10] shows who is there, and their cursors under the name of their session', async () => {
  const [ada, grace] = [enter(owner), enter(guest)]
  await Promise.all([untilSaved(ada), untilSaved(grace)])
  grace.awareness.setLocalState({ user: { name: 'somebody else' }, cursor: 3 })
  await new Promise<void>((resolve) => {
    const look = () => {
      if (ada.awareness.getStates().get(grace.awareness.clientID)?.['cursor'] === 3) resolve()
    }
    ada.awareness.on('change', look)
    look()
  })
  expect(ada.awareness.getStates().get(grace.awareness.clientID)).toMatchObject({ user: { name: 'Grace' } })
  const { present, members } = await until(ada, ({ present: people }) => people.length === 2)
  expect(present.map(({ name }) => name).toSorted()).toEqual(['Ada', 'Grace'])
  expect(members.map(({ name }) => name).toSorted()).toEqual(['Ada', 'Grace'])
  const gone = new Promise<void>((resolve) => {
    ada.awareness.on('change', ({ removed }: { removed: number[] }) => {
      if (removed.includes(grace.awareness.clientID)) resolve()
    })
  })
  grace.destroy()
  await Promise.all([gone, until(ada, ({ present: people }) => people.length === 1)])
})

it('[COL12] ends within a second of a sign-out, and at a project that is not there', async () => {
  const provider = enter(owner)
  await untilSaved(provider)
  const closed = until(provider, ({ connection }) => connection.state === 'closed')
  const at = Date.now()
  await owner.request('/api/auth/sign-out', {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: server.url },
    body: '{}',
  })
  expect((await closed).connection).toMatchObject({ reason: 'unauthenticated' })
  expect(Date.now() - at).toBeLessThan(1_000)
  const nowhere = enter(guest, '00000000-0000-4000-8000-000000000000')
  expect((await until(nowhere, ({ connection }) => connection.state === 'closed')).connection).toMatchObject({ reason: 'not_found' })
})
