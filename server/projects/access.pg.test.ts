// The one check of rights: roles in a project, and what an API token leaves of them.

import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Scope } from '../../shared/domain/scopes.ts'
import { startHttpApp, type HttpApp } from '../../test/rigs/http-app.ts'
import { wholePerson } from '../auth/asker.ts'
import { requireAtLarge, requireWholePerson } from './access.ts'

let app: HttpApp
let owner: { token: string; userId: string }
let stranger: { userId: string }
let projectId: string

beforeAll(async () => {
  app = await startHttpApp()
  owner = await app.signUp('Ada')
  stranger = await app.signUp('Sam')
  const made = await app.request('/api/projects', { token: owner.token, body: { name: 'Bridge' } })
  projectId = ((await made.json()) as { id: string }).id
})

afterAll(() => app.close())

const token = (scopes: Scope[], projectIds: string[] | null = null) => ({ userId: owner.userId, scopes, projectIds })

describe('a project', () => {
  it('[TOK1] is entered by a token in the role that its scope leaves', async () => {
    const granted = await app.access.requireRole(token(['read', 'answer']), projectId, 'read')
    expect([granted.role, granted.project.role]).toEqual(['commenter', 'commenter'])
    await expect(app.access.requireRole(token(['answer']), projectId, 'write')).rejects.toMatchObject({ code: 'token_not_allowed' })
    await expect(app.access.requireRole(token([]), projectId, 'read')).rejects.toMatchObject({ code: 'token_not_allowed' })
    expect((await app.access.requireRole(token(['administer']), projectId, 'administer')).role).toBe('owner')
  })

  it('[TOK1] is not there for a token that is for others, nor for a stranger with any scope', async () => {
    expect((await app.access.requireRole(token(['read'], [projectId]), projectId, 'read')).role).toBe('viewer')
    for (const asker of [
      token(['administer'], [randomUUID()]),
      token(['administer'], []),
      { ...token(['administer']), userId: stranger.userId },
      wholePerson(stranger.userId),
    ]) {
      await expect(app.access.requireRole(asker, projectId, 'read')).rejects.toMatchObject({ code: 'not_found' })
    }
  })
})

describe('what concerns no project', () => {
  it('[TOK1] is open to a session, and to a token that is wide enough', () => {
    expect(() => requireAtLarge(wholePerson('ada'), 'write')).not.toThrow()
    expect(() => requireAtLarge(token(['write']), 'write')).not.toThrow()
    expect(() => requireAtLarge(token(['read'], [projectId]), 'read')).not.toThrow()
    for (const narrow of [token(['answer']), token(['write'], [projectId])]) {
      expect(() => requireAtLarge(narrow, 'write')).toThrow(expect.objectContaining({ code: 'token_not_allowed' }))
    }
    expect(() => requireWholePerson(token(['administer']))).toThrow(expect.objectContaining({ code: 'token_not_allowed' }))
    expect(() => requireWholePerson(wholePerson('ada'))).not.toThrow()
  })
})
