// Proves that the rank table refuses what it must, and lets through what it may.

import { describe, expect, it } from 'vitest'
import { importProblem, packageProblem } from './ranks.ts'

describe('the rank rule', () => {
  it.each([
    ['server/documents/live-document.ts', 'server/store/documents-store.ts'],
    ['server/documents/live-document.ts', 'server/documents/fan-out.ts'],
    ['server/main.ts', 'server/http/app.ts'],
    ['server/base/config.ts', 'shared/limits.ts'],
    ['shared/wire/events.ts', 'shared/domain/roles.ts'],
    ['shared/errors.ts', 'shared/ids.ts'],
    ['client/main.tsx', 'client/workspace/workspace.tsx'],
    ['load/typing.ts', 'client/collab/provider.ts'],
    ['server/http/app.pg.test.ts', 'test/rigs/private-postgres.ts'],
    ['test/rigs/server-process.ts', 'server/main.ts'],
    ['client/vite.config.ts', 'server/base/log.ts'],
  ])('lets %s import %s', (importer, imported) => {
    expect(importProblem(importer, imported)).toBeUndefined()
  })

  it.each([
    ['server/store/database.ts', 'server/http/app.ts', 'higher rank'],
    ['server/http/app.ts', 'server/socket/door.ts', 'same rank'],
    ['server/http/app.ts', 'server/main.ts', 'higher rank'],
    ['shared/errors.ts', 'shared/domain/roles.ts', 'higher rank'],
    ['client/editor/editor.tsx', 'client/projects/list.tsx', 'same rank'],
    ['client/net/api.ts', 'server/http/app.ts', 'never server'],
    ['server/http/app.ts', 'client/net/api.ts', 'never client'],
    ['shared/wire/events.ts', 'server/base/log.ts', 'nothing outside itself'],
    ['load/typing.ts', 'client/ui/button.tsx', 'never client'],
    ['server/base/config.ts', 'test/rigs/private-postgres.ts', 'never test'],
    ['server/base/config.ts', 'server/base/config.test.ts', 'a test is imported by nobody'],
    ['server/somewhere/new.ts', 'server/base/config.ts', 'no rank'],
  ])('refuses %s importing %s', (importer, imported, reason) => {
    expect(importProblem(importer, imported)).toContain(reason)
  })

  it('keeps the machine out of shared and client, and the page out of what runs in Node', () => {
    expect(packageProblem('shared/ids.ts', 'node:crypto')).toContain('no node: module')
    expect(packageProblem('client/net/api.ts', 'node:fs')).toContain('no node: module')
    expect(packageProblem('shared/ids.ts', 'ws')).toContain('shared is pure')
    expect(packageProblem('client/collab/provider.ts', 'react')).toContain('also run in Node')
    expect(packageProblem('shared/wire/events.ts', 'zod')).toBeUndefined()
    expect(packageProblem('client/editor/editor.tsx', 'react')).toBeUndefined()
    expect(packageProblem('client/net/api.test.ts', 'node:http')).toBeUndefined()
  })
})
