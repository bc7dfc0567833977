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
})
