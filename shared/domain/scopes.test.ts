// What is left of a role when a token narrows it.

import { describe, expect, it } from 'vitest'
import { may, roles, type Right } from './roles.ts'
import { actingRole, scopes, type Scope } from './scopes.ts'

const rights: Right[] = ['read', 'write', 'answer', 'invite', 'administer']

describe('a scope', () => {
  it('[TOK1] narrows what the role allows, and never widens it', () => {
    for (const role of roles) {
      const allowed = scopes.flatMap((scope) => rights.filter((right) => may(actingRole(role, [scope]) ?? 'viewer', right)))
      expect(allowed.filter((right) => !may(role, right))).toEqual([])
    }
    const allows = (scope: Scope) => rights.filter((right) => may(actingRole('owner', [scope]) ?? 'viewer', right))
    expect(scopes.map(allows)).toEqual([['read'], ['read', 'answer'], ['read', 'write', 'answer'], rights])
  })

  it('[TOK1] of a session is the whole role; of several the greatest counts; without one nothing is allowed', () => {
    expect(roles.map((role) => actingRole(role, null))).toEqual([...roles])
    expect(actingRole('owner', ['read', 'write'])).toBe('editor')
    expect(actingRole('commenter', ['write', 'read'])).toBe('commenter')
    expect(actingRole('owner', [])).toBeNull()
  })
})
