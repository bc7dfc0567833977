// Who wrote which line: over HTTP edits of several people, compaction, a restore, and words that come under others' client ids.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Blame, Version } from '../../shared/wire/versions.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

type Person = Awaited<ReturnType<WholeApp['signUp']>>

let whole: WholeApp
let ada: Person
let bob: Person
beforeAll(async () => {
  whole = await startWholeApp()
  ;[ada, bob] = [await whole.signUp('Ada'), await whole.signUp('Bob')]
})
afterAll(() => whole.close())

async function newProject(): Promise<string> {
  const made = (await (await whole.request('/api/projects', { body: { name: 'Kiln' }, token: ada.token })).json()) as { id: string }
  const path = `/api/projects/${made.id}`
  const link = (await (await whole.request(`${path}/invitations`, { body: { role: 'editor' }, token: ada.token })).json()) as {
    token: string
  }
  await whole.request(`/api/invitations/${link.token}/accept`, { method: 'POST', token: bob.token })
  return path
}

async function write(who: Person, project: string, markdown: string): Promise<void> {
  expect((await whole.request(`${project}/spec`, { method: 'PUT', body: { markdown }, token: who.token })).status).toBe(200)
}

/** The names at the lines of the text, in order. */
async function namesOf(project: string): Promise<(string | null)[]> {
  const { items } = (await (await whole.request(`${project}/spec/blame`, { token: bob.token })).json()) as Blame
  return items.flatMap(({ fromLine, toLine, name }) => Array.from({ length: toLine - fromLine + 1 }, () => name))
}

async function rowsOf(project: string): Promise<number> {
  const rows = await whole.database.query(
    'test.rows',
    (sql) => sql`select id from document_updates where project_id = ${project.split('/').at(-1) ?? ''}`,
  )
  return rows.length
}

describe('blame', () => {
  it('[VER11] names for each line who wrote in it last', async () => {
    const project = await newProject()
    await write(ada, project, 'one\ntwo\nthree\n')
    await write(bob, project, 'one\ntwo and a half\nthree\nfour\n')
    expect(await namesOf(project)).toEqual(['Ada', 'Bob', 'Ada', 'Bob'])
  })

  it('[VER11] names the same after compaction has folded the log', async () => {
    const project = await newProject()
    const lines: string[] = []
    for (let index = 0; index < 12; index++) {
      lines.push(`line ${index}`)
      await write(index % 2 === 0 ? ada : bob, project, `${lines.join('\n')}\n`)
    }
    await whole.compact(project.split('/').at(-1) ?? '')
    expect(await rowsOf(project)).toBe(0)
    expect(await namesOf(project)).toEqual(lines.map((_, index) => (index % 2 === 0 ? 'Ada' : 'Bob')))
  })

  it('[VER11] names who restored at the lines that a restore brought back', async () => {
    const project = await newProject()
    await write(ada, project, 'kept\nlost\n')
    const version = (await (await whole.request(`${project}/versions`, { body: { name: 'v' }, token: ada.token })).json()) as Version
    await write(ada, project, 'kept\n')
    expect((await whole.request(`${project}/versions/${version.id}/restore`, { method: 'POST', token: bob.token })).status).toBe(200)
    expect(await namesOf(project)).toEqual(['Ada', 'Bob'])
  })

  it('[VER11] knows nobody for the starting text, and is hidden from strangers', async () => {
    const project = await newProject()
    expect((await namesOf(project)).every((name) => name === null)).toBe(true)
    const eve = await whole.signUp('Eve')
    expect((await whole.request(`${project}/spec/blame`, { token: eve.token })).status).toBe(404)
  })
})
