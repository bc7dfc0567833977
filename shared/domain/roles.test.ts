// The four roles: who may do what, and which is more.

import { describe, expect, it } from 'vitest'
import { higherRole, may, roles, type Right } from './roles.ts'

const rights: Right[] = ['read', 'write', 'answer', 'invite', 'administer']

describe('roles', () => {
  it('[PROJ2] have the rights of the table', () => {
    expect(Object.fromEntries(roles.map((role) => [role, rights.filter((right) => may(role, right))]))).toEqual({
      owner: ['read', 'write', 'answer', 'invite', 'administer'],
      editor: ['read', 'write', 'answer'],
      commenter: ['read', 'answer'],
      viewer: ['read'],
    })
  })

  it('[PROJ6] are ordered so that each may do all that the next one may, and the higher of two is kept', () => {
    for (const [index, role] of roles.entries()) {
      for (const lower of roles.slice(index)) {
        expect([higherRole(role, lower), higherRole(lower, role)]).toEqual([role, role])
        expect(rights.filter((right) => may(lower, right) && !may(role, right))).toEqual([])
      }
    }
  })
})
