// What people type into the fields of a project, as the wire takes it.

import { describe, expect, it } from 'vitest'
import { limits } from '../limits.ts'
import { createInvitationRequest, createProjectRequest, listProjectsQuery } from './projects.ts'

describe('fields', () => {
  it('[PROJ8] are kept as text, cleaned of what cannot be stored', () => {
    const name = `  <img src=x onerror=alert(1)> '; drop table projects; -- \r\n 😀 \uD83D \0 `
    expect(createProjectRequest.parse({ name, description: 'one\r\ntwo' })).toEqual({
      name: `<img src=x onerror=alert(1)> '; drop table projects; -- 😀 \uFFFD \uFFFD`,
      description: 'one\ntwo',
    })
  })

  it('[PROJ8] that say nothing, or too much, are none', () => {
    const names = ['', ' \n\t ', '\uFEFF', 'x'.repeat(limits.projectNameChars + 1), 5, null, undefined]
    expect(names.filter((name) => createProjectRequest.safeParse({ name }).success)).toEqual([])
    expect(createProjectRequest.safeParse({ name: 'x'.repeat(limits.projectNameChars) }).success).toBe(true)
    expect(createProjectRequest.safeParse({ name: 'x', owner: 'eve' }).success).toBe(false)
  })

  it('[PROJ4] of an invitation make nobody an owner and last a year at most', () => {
    expect(createInvitationRequest.safeParse({ role: 'owner' }).success).toBe(false)
    expect(createInvitationRequest.safeParse({ role: 'editor', expiresInHours: 24 * 365 + 1 }).success).toBe(false)
    expect(createInvitationRequest.safeParse({ role: 'viewer', email: 'no address' }).success).toBe(false)
    expect(createInvitationRequest.parse({ role: 'viewer', email: 'a@example.com', expiresInHours: 1 })).toEqual({
      role: 'viewer',
      email: 'a@example.com',
      expiresInHours: 1,
    })
  })

  it('[PROJ3] of a list have bounds', () => {
    expect(listProjectsQuery.parse({ limit: '20', q: ' a\nb ' })).toEqual({ limit: 20, q: 'a b' })
    expect(['0', '201', 'x', '1.5'].filter((limit) => listProjectsQuery.safeParse({ limit }).success)).toEqual([])
  })
})
