// From answers to proposals, and from proposals to items, over the HTTP API on a real PostgreSQL.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { Proposal } from '../../shared/wire/interview.ts'
import { createLog } from '../base/log.ts'
import type { MessageRow } from '../store/interview-store.ts'
import { createProposalsStore } from '../store/proposals-store.ts'
import { AnswerItems } from './answer-items.ts'
import { Proposals, type ItemsTarget } from './proposals.ts'

let app: WholeApp
let token: string
let userId: string

beforeAll(async () => {
  app = await startWholeApp()
  const ada = await app.signUp('Ada')
  token = ada.token
  userId = ada.userId
})
afterAll(() => app.close())

const get = async <T>(path: string) => (await (await app.request(path, { token })).json()) as T
const post = async (path: string, body: unknown = {}) => {
  const response = await app.request(path, { method: 'POST', body, token })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

/** A project, and an answer in it that was read with these rights, by something that writes items or not. */
async function answered({ mayWrite, text, items }: { mayWrite: boolean; text: string; items?: ItemsTarget }) {
  const { body: project } = await post('/api/projects', { name: 'Proposals' })
  const path = `/api/projects/${String(project['id'])}`
  const { body: said } = await post(`${path}/messages`, { text, requestId: 'first' })
  const message = { id: String(said['messageId']), projectId: String(project['id']), authorId: userId, text } as MessageRow
  const unwritable: ItemsTarget = { add: () => Promise.reject(new Error('nothing may be written')) }
  const proposals = new Proposals({ store: createProposalsStore(app.database), items: items ?? unwritable, appEvents: app.appEvents })
  await new AnswerItems({ items: items ?? unwritable, proposals, log: createLog('silent') }).take(message, 'goals', { mayWrite })
  return { path, messageId: message.id }
}
const open = async (path: string) => (await get<{ items: Proposal[] }>(`${path}/proposals`)).items

describe('proposals', () => {
  it('[PROP1] are made of what is not sure, and of all that a commenter says', async () => {
    const { path, messageId } = await answered({ mayWrite: false, text: 'It must open within 2 s. People liked it in March.' })
    expect(await open(path)).toMatchObject([
      { text: 'It must open within 2 s', category: 'goals', confidence: 0.9, state: 'open', messageId, source: 'interview' },
      { text: 'People liked it in March', confidence: 0.6 },
    ])
    expect((await get<{ items: Item[] }>(`${path}/items`)).items).toEqual([])
    const { items } = await get<{ items: { event: string }[] }>(`${path}/events`)
    expect(items.filter(({ event }) => event === 'proposal')).toHaveLength(2)
    const page = await get<{ items: Proposal[]; nextCursor: string }>(`${path}/proposals?limit=1`)
    expect((await get<{ items: Proposal[] }>(`${path}/proposals?cursor=${page.nextCursor}`)).items).toMatchObject([
      { text: 'People liked it in March' },
    ])
  })

  it('[PROP2] are written once when they are accepted, reworded if wanted, and decided on once', async () => {
    const { path, messageId } = await answered({
      mayWrite: false,
      text: 'Nurses liked it before. Doctors liked it too. Cooks liked it as well. Guests liked it most.',
    })
    const [first, second, third] = await open(path)
    const both = await Promise.all(
      [0, 1].map(() => post(`${path}/proposals/${first?.id}/accept`, { text: 'Nurses must like it', category: 'requirements' })),
    )
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'proposal_decided' })
    expect(await post(`${path}/proposals/${second?.id}/reject`)).toMatchObject({ status: 200, body: { state: 'rejected' } })
    expect(await post(`${path}/proposals/accept-all`)).toMatchObject({ status: 200, body: { accepted: 2, refused: 0 } })
    expect(await post(`${path}/proposals/${third?.id}/reject`)).toMatchObject({ status: 409 })
    expect(await open(path)).toEqual([])
    const { items } = await get<{ items: Item[] }>(`${path}/items`)
    expect(items).toHaveLength(3)
    expect(items).toContainEqual(
      expect.objectContaining({ category: 'requirements', text: 'Nurses must like it', confidence: 1, source: 'interview', messageId }),
    )
  })

  it('[PROP3] stay open when they cannot be written', async () => {
    const { path } = await answered({ mayWrite: true, text: 'It must open within 2 s.' })
    const [proposal] = await open(path)
    // Read as the editor's own, it could not be written either, and waits.
    expect(proposal).toMatchObject({ text: 'It must open within 2 s', state: 'open' })
    const failing = new Proposals({
      store: createProposalsStore(app.database),
      items: { add: () => Promise.reject(new Error('nothing may be written')) },
      appEvents: app.appEvents,
    })
    const projectId = path.split('/').at(-1) ?? ''
    await expect(failing.accept(projectId, proposal?.id ?? '', { userId })).rejects.toThrow('nothing may be written')
    expect(await open(path)).toMatchObject([{ id: proposal?.id }])
    expect(await post(`${path}/proposals/${proposal?.id}/accept`)).toMatchObject({ status: 200, body: { state: 'accepted' } })
  })
})
