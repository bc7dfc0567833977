// What the interview learns from people over the HTTP API on a real PostgreSQL, and what it asks then.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { InterviewTalk } from '../../test/rigs/interview-talk.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

let app: WholeApp
let token: string

beforeAll(async () => {
  app = await startWholeApp()
  token = (await app.signUp('Ada')).token
})
afterAll(() => app.close())

describe('learning', () => {
  it('[LRN1] asks who passed over two questions of a category about another one', async () => {
    const talk = await InterviewTalk.begin(app, token)
    const asked = [await talk.ask()]
    for (let skips = 0; skips < 8; skips++) asked.push(await talk.skip())
    const categories = asked.map(({ category }) => category)
    expect(new Set(asked.map(({ text }) => text)).size).toBe(9)
    for (const category of new Set(categories)) {
      expect(categories.filter((each) => each === category).length, String(category)).toBeLessThanOrEqual(2)
    }
  })

  it('[LRN2] shows a person what it has learned of them alone, and begins anew when they clear it', async () => {
    const owner = await InterviewTalk.begin(app, token)
    const carl = await owner.as('Carl', 'commenter')
    const nothing = { roles: [], answered: [], skipped: [], usualWords: null }
    expect(await owner.get('/learning')).toEqual(nothing)
    const first = await owner.ask()
    await owner.say('Orders get lost on paper')
    const second = await owner.nextAfter(first.id)
    await owner.post(`/messages/${second.id}/skip`)
    await owner.nextAfter(second.id)
    expect(await owner.get('/learning')).toEqual({
      ...nothing,
      answered: [{ askedAs: first.askedAs, count: 1 }],
      skipped: [{ category: second.category, count: 1, isAvoided: false }],
    })
    expect(await carl.get('/learning')).toEqual(nothing)
    expect(await owner.post('/learning', {}, 'DELETE')).toMatchObject({ status: 204 })
    expect(await owner.get('/learning')).toEqual(nothing)
  })

  it('[LRN3] asks whoever names their roles as those would, and after less whoever answers in few words', async () => {
    const owner = await InterviewTalk.begin(app, token)
    const { body } = await owner.post('/learning', { roles: ['DevOps engineer', 'DevOps engineer'] }, 'PATCH')
    expect(body).toMatchObject({ roles: ['DevOps engineer'] })
    expect(await owner.post('/learning', { roles: ['king'] }, 'PATCH')).toMatchObject({ status: 422 })
    let open = await owner.ask()
    const asked = [open.askedAs]
    for (let answers = 0; answers < 3; answers++) {
      await owner.say('20 in May if all agree')
      open = await owner.nextAfter(open.id)
      asked.push(open.askedAs)
    }
    expect(asked[0]).toBe('DevOps engineer')
    expect(await owner.get('/learning')).toMatchObject({ roles: ['DevOps engineer'], usualWords: 6 })
  })
})
