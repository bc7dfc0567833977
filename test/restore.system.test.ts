// A restore in the middle of life: twenty people type, one is offline, and the one who restores takes it back.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import type { Version } from '../shared/wire/versions.ts'
import { enterBySocketio, enterByYjs } from './rigs/peer-lines.ts'
import { answerOf, createProject, jsonBody, letIn, readSpec, signUp, type Person } from './rigs/people.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

let server: ServerProcess
let owner: Person
beforeAll(async () => {
  server = await startServer()
  owner = await signUp({ serverUrl: server.url, name: 'Ada' })
})
afterAll(() => server.stop())

const kept = '# Kept\n\n- The kiln must be fired at 1,240 °C.\n'

/** A project whose last named version holds `kept`, and whose text has moved on. */
async function setScene(): Promise<{ projectId: string; version: Version; people: Person[] }> {
  const projectId = await createProject(owner, 'Restores')
  const people = await Promise.all(Array.from({ length: 20 }, (_, index) => signUp({ serverUrl: server.url, name: `P${index}` })))
  await letIn({ owner, projectId, people })
  await owner.request(`/api/projects/${projectId}/spec`, jsonBody('PUT', { markdown: kept }))
  const version = await answerOf<Version>(await owner.request(`/api/projects/${projectId}/versions`, jsonBody('POST', { name: 'Kept' })))
  await owner.request(
    `/api/projects/${projectId}/spec`,
    jsonBody('PUT', { markdown: `${kept}\n- The kiln is a microwave, and so are all the others here. \n\nEnd \n` }),
  )
  return { projectId, version, people }
}

describe('a restore while twenty people type and one is offline', () => {
  it('[VER12] leaves all with one text that holds the version and every word acked after it', async () => {
    const { projectId, version, people } = await setScene()
    const as = (person: Person) => ({ serverUrl: server.url, projectId, token: person.token })
    const typists = await Promise.all(
      people.map((person, index) => (index % 2 === 0 ? enterBySocketio(as(person)) : enterByYjs(as(person)))),
    )
    const offline = await enterByYjs(as(owner))
    offline.socket.close()
    await offline.peer.ended
    let isOver = false
    const afterwards = new Set<string>()
    let isRestored = false
    const typing = typists.map(async ({ peer }, who) => {
      for (let index = 0; !isOver; index++) {
        const word = `p${who}w${index}`
        const began = isRestored
        if ((await peer.typeWord(word)) === '' && began) afterwards.add(word)
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    })
    await expect.poll(() => typists.every(({ peer }) => peer.acked.size > 2), { timeout: 20_000 }).toBe(true)
    await answerOf(await owner.request(`/api/projects/${projectId}/versions/${version.id}/restore`, { method: 'POST' }))
    isRestored = true
    const before = afterwards.size
    await expect.poll(() => afterwards.size, { timeout: 20_000 }).toBeGreaterThan(before + 40)
    isOver = true
    await Promise.all(typing)
    // Who was offline comes back with words typed on the text before the restore.
    const back = await enterByYjs(as(owner))
    const update = Y.encodeStateAsUpdate(offline.peer.doc)
    offline.peer.doc.getText('content').insert(0, 'offline-word ')
    const own = Y.encodeStateAsUpdate(offline.peer.doc, Y.encodeStateVectorFromUpdate(update))
    await back.peer.edit(() => Y.applyUpdate(back.peer.doc, own), '')
    const text = await readSpec(owner, projectId)
    expect([...afterwards].filter((word) => !text.includes(word))).toEqual([])
    expect(text).toContain('offline-word')
    for (const part of ['Kept', 'kiln', '1,240']) expect(text).toContain(part)
    expect(text).not.toContain('microwave')
    await Promise.all(typists.map(({ peer }) => peer.untilText((seen) => seen === text)))
    for (const { socket } of [...typists, back]) socket.close()
  }, 60_000)
})

describe('a restore from inside the document', () => {
  it('[VER13] is one own edit on that screen, and an update like any on the others', async () => {
    const { projectId, version, people } = await setScene()
    const as = (person: Person) => ({ serverUrl: server.url, projectId, token: person.token })
    const [other] = people
    if (!other) throw new Error('nobody is there')
    const restoring = await enterBySocketio(as(owner))
    const watching = await enterBySocketio(as(other))
    const answer = await new Promise((resolve) => restoring.socket.emit('version:restore', { projectId, versionId: version.id }, resolve))
    expect(answer).toMatchObject({ ok: true, version: { id: version.id }, before: { kind: 'before_restore' } })
    await Promise.all([restoring, watching].map(({ peer }) => peer.untilText((text) => text === kept)))
    const ownEdits = ({ peer }: typeof restoring) => peer.heard.filter(({ type }) => type === 'other').length
    expect([ownEdits(restoring), ownEdits(watching)]).toEqual([1, 0])
    restoring.socket.close()
    watching.socket.close()
  })
})
