// What the interview learns from people over the HTTP API on a real PostgreSQL, and what it asks then.

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'
import type { InterviewMessage } from '../../shared/wire/interview.ts'

let app: WholeApp
let token: string

beforeAll(async () => {
  app = await startWholeApp()
  token = (await app.signUp('Ada')).token
})
afterAll(() => app.close())

const post = async (path: string, body: unknown = {}) => (await app.request(path, { method: 'POST', body, token })).json()
const newProject = async () => `/api/projects/${((await post('/api/projects', { name: 'Learning' })) as { id: string }).id}`

async function openQuestion(path: string): Promise<InterviewMessage> {
  return vi.waitFor(async () => {
    const { items } = (await (await app.request(`${path}/messages`, { token })).json()) as { items: InterviewMessage[] }
    const open = items.find(({ isOpen }) => isOpen)
    if (!open) throw new Error('no question is open')
    return open
  }, 10_000)
}

describe('learning', () => {
  it('[LRN1] asks who passed over two questions of a category about another one', async () => {
    const path = await newProject()
    await post(`${path}/questions`, { requestId: 'first' })
    const asked = [await openQuestion(path)]
    for (let skips = 0; skips < 8; skips++) {
      await post(`${path}/messages/${asked.at(-1)?.id}/skip`)
      asked.push(await openQuestion(path))
    }
    const categories = asked.map(({ category }) => category)
    expect(new Set(asked.map(({ text }) => text)).size).toBe(9)
    for (const category of new Set(categories))
      expect(categories.filter((each) => each === category).length, String(category)).toBeLessThanOrEqual(2)
  })
})
