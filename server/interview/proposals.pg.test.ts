// From answers to proposals, and from proposals to items, over the HTTP API on a real PostgreSQL.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { InterviewTalk } from '../../test/rigs/interview-talk.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'
import type { Proposal } from '../../shared/wire/interview.ts'
import { createProposalsStore } from '../store/proposals-store.ts'
import { Proposals } from './proposals.ts'

let app: WholeApp
let token: string
let userId: string
let people = 0

beforeAll(async () => {
  app = await startWholeApp()
  const ada = await app.signUp('Ada')
  token = ada.token
  userId = ada.userId
})
afterAll(() => app.close())

/** An owner's interview with a question open, and that of a commenter in it. */
async function begin() {
  const owner = await InterviewTalk.begin(app, token)
  const commenter = await owner.as(`Carl ${++people}`, 'commenter')
  await owner.ask()
  return { owner, commenter }
}

describe('proposals', () => {
  it('[PROP1] are made of what is not sure, and of all that a commenter says', async () => {
    const { owner, commenter } = await begin()
    const messageId = await commenter.say('It must open within 2 s. People liked it in March.')
    expect(await owner.proposals()).toMatchObject([
      {
        text: 'The system must open within 2 s',
        key: expect.any(String) as string,
        confidence: 0.9,
        state: 'open',
        messageId,
        source: 'interview',
        replaces: null,
      },
      { text: 'People liked it in March', confidence: 0.6 },
    ])
    expect(await owner.items()).toEqual([])
    const { items } = await owner.get<{ items: { event: string }[] }>('/events')
    expect(items.filter(({ event }) => event === 'proposal')).toHaveLength(2)
    const page = await owner.get<{ items: Proposal[]; nextCursor: string }>('/proposals?limit=1')
    expect((await owner.get<{ items: Proposal[] }>(`/proposals?cursor=${page.nextCursor}`)).items).toMatchObject([
      { text: 'People liked it in March' },
    ])
  })

  it('[PROP2] are written once when they are accepted, reworded if wanted, and decided on once', async () => {
    const { owner, commenter } = await begin()
    const messageId = await commenter.say('Nurses liked it before. Doctors liked it too. Cooks liked it as well. Guests liked it most.')
    const [first, second, third] = await owner.proposals()
    const both = await Promise.all(
      [0, 1].map(() => owner.post(`/proposals/${first?.id}/accept`, { text: 'Nurses must like it', category: 'requirements' })),
    )
    expect(both.map(({ status }) => status).toSorted((one, other) => one - other)).toEqual([200, 409])
    expect(both.find(({ status }) => status === 409)?.body).toMatchObject({ code: 'proposal_decided' })
    expect(await owner.post(`/proposals/${second?.id}/reject`)).toMatchObject({ status: 200, body: { state: 'rejected' } })
    expect(await owner.post(`/proposals/accept-all`)).toMatchObject({ status: 200, body: { accepted: 2, refused: 0 } })
    expect(await owner.post(`/proposals/${third?.id}/reject`)).toMatchObject({ status: 409 })
    expect(await owner.proposals()).toEqual([])
    const items = await owner.items()
    expect(items).toHaveLength(3)
    expect(items).toContainEqual(
      expect.objectContaining({ category: 'requirements', text: 'Nurses must like it', confidence: 1, source: 'interview', messageId }),
    )
  })

  it('[PROP3] stay open when they cannot be written', async () => {
    const { owner, commenter } = await begin()
    await commenter.say('It must open within 2 s.')
    const [proposal] = await owner.proposals()
    const refuse = () => Promise.reject(new Error('nothing may be written'))
    const failing = new Proposals({
      store: createProposalsStore(app.database),
      items: { add: refuse, current: refuse, change: refuse, keepOne: refuse },
      appEvents: app.appEvents,
    })
    await expect(failing.accept(owner.projectId, proposal?.id ?? '', { userId })).rejects.toThrow('nothing may be written')
    expect(await owner.proposals()).toMatchObject([{ id: proposal?.id }])
    expect(await owner.post(`/proposals/${proposal?.id}/accept`)).toMatchObject({ status: 200, body: { state: 'accepted' } })
  })

  it('[PROP4] take the place of the item that cannot hold beside them: it keeps its number and says the new words', async () => {
    const { owner } = await begin()
    await owner.write('## Security\n\n- Sessions last 15 minutes\n- Guests must not see prices\n')
    await owner.say('Sessions last 8 hours.')
    const [before] = await owner.items()
    const proposals = await owner.proposals()
    expect(proposals).toMatchObject([{ text: 'Sessions last 8 hours', replaces: before?.id, confidence: 0.9 }])
    expect(await owner.markdown()).not.toContain('\n- Sessions last 8 hours')
    await owner.post(`/proposals/${proposals[0]?.id}/accept`)
    const items = await owner.items()
    expect(items.map(({ text }) => text)).toEqual(['Sessions last 8 hours', 'Guests must not see prices'])
    expect(items[0]).toMatchObject({ id: before?.id, number: before?.number, confidence: 1 })
  })

  it('[PROP4] take the place of an item with the same key, and leave nothing where the item is gone', async () => {
    const { owner } = await begin()
    await owner.write('## Scalability\n\n- **People at once:** up to 100\n')
    const [before] = await owner.items()
    await owner.say('People at once: 250')
    expect(await owner.proposals()).toMatchObject([{ text: 'People at once: 250', key: 'people-at-once', replaces: before?.id }])
    await owner.write('')
    await owner.post('/proposals/accept-all')
    expect((await owner.items()).map(({ text }) => text)).toEqual(['People at once: 250'])
  })

  it('[PROP5] are not made of what the spec says, nor twice, and give way to what the same person says later', async () => {
    const { owner, commenter } = await begin()
    await owner.write('## Security\n\n- Sessions last 15 minutes\n')
    await commenter.say('Sessions last 15 minutes.')
    expect(await owner.proposals()).toEqual([])
    for (const words of ['Guests must see the menu.', 'Guests must see the menu.', 'Menu language: English', 'Menu language: German'])
      await commenter.say(words)
    expect((await owner.proposals()).map(({ text }) => text)).toEqual(['Guests must see the menu', 'Menu language: German'])
  })

  it('[PROP5] that are vague go when what is asked after them is answered', async () => {
    const { owner } = await begin()
    const asked = await owner.open()
    await owner.say('Orders are slow')
    expect((await owner.proposals()).map(({ confidence }) => confidence)).toEqual([0.5])
    const followUp = await owner.nextAfter(asked.id)
    expect(followUp.text).toContain('slow')
    await owner.say('About 15 orders a day arrive after noon.')
    expect(await owner.proposals()).toEqual([])
    expect((await owner.items()).map(({ text }) => text)).toHaveLength(1)
  })

  it('[PROP6] say what an answer decides about a marked gap', async () => {
    const owner = await InterviewTalk.begin(app, token)
    await owner.write('## Security\n\n- Guests sign in [NEEDS CLARIFICATION: how long does a session last?]\n')
    expect(await owner.ask()).toMatchObject({ text: 'How long does a session last?', category: 'security' })
    await owner.say('15 minutes')
    const [proposal] = await owner.proposals()
    expect(proposal).toMatchObject({ text: 'Guests sign in (15 minutes)', category: 'security' })
    await owner.post(`/proposals/${proposal?.id}/accept`)
    expect(await owner.markdown()).not.toContain('NEEDS CLARIFICATION')
  })

  it('[PROP6] say which side of a conflict an answer keeps, and end it when they are accepted', async () => {
    const owner = await InterviewTalk.begin(app, token)
    await owner.write('## Security\n\n- Sessions last 15 minutes\n- Sessions last 8 hours\n')
    const open = () => owner.get<{ items: { id: string }[] }>('/conflicts')
    await vi.waitFor(async () => expect((await open()).items).toHaveLength(1), 5_000)
    expect((await owner.ask()).suggestions).toEqual(['SPEC-1 holds', 'SPEC-2 holds', 'Both, in different cases'])
    await owner.say('SPEC-2 holds')
    const [proposal] = await owner.proposals()
    expect(proposal?.text).toBe('Sessions last 8 hours')
    expect(await owner.post(`/proposals/${proposal?.id}/accept`)).toMatchObject({ status: 200 })
    expect((await owner.items()).map(({ ref, text }) => [ref, text])).toEqual([['SPEC-2', 'Sessions last 8 hours']])
    await vi.waitFor(async () => expect((await open()).items).toEqual([]), 5_000)
  })

  it("[CLA1] keep nothing of a commenter in the text, where an editor's answer stands with its question", async () => {
    const { owner, commenter } = await begin()
    const question = await owner.open()
    await commenter.say('Nurses must not see prices.')
    expect(await owner.markdown()).not.toContain('Clarifications')
    const next = await vi.waitFor(async () => {
      const open = await owner.open()
      expect(open.id).not.toBe(question.id)
      return open
    }, 10_000)
    await owner.say('Because\n- orders get lost')
    expect(await owner.markdown()).toContain(`## Clarifications\n\n- Q: ${next.text} -> A: Because - orders get lost\n`)
    expect((await owner.items()).map(({ text }) => text).join()).not.toContain('->')
  })
})
