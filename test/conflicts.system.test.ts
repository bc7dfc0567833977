// Conflicts that people type on two nodes: told once on both, closed, ignored, decided on, and still the same after a node died.

import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Conflict, ConflictDetail, ConflictEvent, ConflictList } from '../shared/wire/conflicts.ts'
import postgres from 'postgres'
import { startCluster, type Cluster } from './rigs/cluster.ts'
import { enterBySocketio } from './rigs/peer-lines.ts'
import { answerOf, createProject, jsonBody, letIn, signUp, type Person } from './rigs/people.ts'

let cluster: Cluster
let ada: Person
let bob: Person
beforeAll(async () => {
  cluster = await startCluster({ size: 2 })
  ada = await signUp({ serverUrl: cluster.node(0).url, name: 'Ada' })
  bob = await signUp({ serverUrl: cluster.node(1).url, name: 'Bob' })
}, 60_000)
afterAll(() => cluster.stop())

const spec = '\n## Security\n\n- Sessions must expire after 10 minutes.\n- Sessions must expire after 30 minutes.\n'

/** Ada on one node and Bob on the other, in a project of their own, with all that each hears. */
async function enter() {
  const projectId = await createProject(ada)
  await letIn({ owner: ada, projectId, people: [bob] })
  const onA = await enterBySocketio({ serverUrl: cluster.node(0).url, projectId, token: ada.token })
  const onB = await enterBySocketio({ serverUrl: cluster.node(1).url, projectId, token: bob.token })
  const heard = [onA, onB].map(({ socket }) => {
    const events: string[] = []
    for (const name of ['conflict:opened', 'conflict:updated', 'conflict:closed'] as const) {
      socket.on(name, ({ conflict }: ConflictEvent) => {
        events.push(`${name} ${conflict.id}`)
      })
    }
    return { events }
  })
  const path = `/api/projects/${projectId}/conflicts`
  const open = async (query = '') => (await answerOf<ConflictList>(await ada.request(`${path}${query}`))).items
  const type = (text: string) => onA.peer.edit((content) => content.insert(content.length, text))
  const replace = (from: string, to: string) =>
    onA.peer.edit((content) => {
      const at = content.toString().indexOf(from)
      content.delete(at, from.length)
      content.insert(at, to)
    })
  const leave = () => [onA, onB].forEach(({ socket }) => socket.close())
  return { projectId, onA, onB, heard, path, open, type, replace, leave }
}

it('[ALR1] is told once on both nodes, with the words that clash', async () => {
  const { heard, open, type, leave } = await enter()
  await type(spec)
  await expect.poll(() => heard.map(({ events }) => events.length), { timeout: 5_000 }).toEqual([1, 1])
  const [conflict] = await open()
  expect(conflict).toMatchObject({ status: 'open', kind: 'contradiction', closedBy: null, revision: 1 })
  expect(conflict?.items.map(({ ref, text, words }) => `${ref} ${words.map(({ from, to }) => text.slice(from, to)).join()}`)).toEqual(
    expect.arrayContaining([expect.stringContaining('10 minutes'), expect.stringContaining('30 minutes')]),
  )
  await type('- Doors are locked at night\n')
  await expect
    .poll(() => heard.map(({ events }) => events))
    .toEqual([[`conflict:opened ${conflict?.id}`], [`conflict:opened ${conflict?.id}`]])
  leave()
}, 30_000)

it('[ALR2] closes by itself when the text is mended, and is the same when found again', async () => {
  const { heard, open, type, replace, leave } = await enter()
  await type(spec)
  await expect.poll(() => heard[1]?.events.length, { timeout: 5_000 }).toBe(1)
  const [conflict] = await open()
  await replace('30 minutes', '10 minutes')
  await expect.poll(() => heard[1]?.events).toContain(`conflict:closed ${conflict?.id}`)
  const closed = (await open('?status=resolved')).find(({ id }) => id === conflict?.id)
  expect(closed).toMatchObject({ status: 'resolved', closedBy: 'text', resolution: null, decidedBy: null })
  await replace('10 minutes.\n- Sessions must expire after 10', '10 minutes.\n- Sessions must expire after 40')
  await expect.poll(() => heard[1]?.events.filter((event) => event === `conflict:opened ${conflict?.id}`).length).toBe(2)
  await expect.poll(() => heard[0]?.events).toEqual(heard[1]?.events)
  leave()
}, 30_000)

it('[ALR7] is listed in pages, and read with its newer item and a text for both', async () => {
  const { heard, type, path, leave } = await enter()
  await type(`${spec}\n## Data\n\n- Backups must be kept for 7 days.\n- Backups must be kept for 90 days.\n`)
  await expect.poll(() => heard[0]?.events.length, { timeout: 5_000 }).toBe(2)
  const first = await answerOf<ConflictList>(await ada.request(`${path}?limit=1`))
  const second = await answerOf<ConflictList>(await ada.request(`${path}?limit=1&cursor=${first.nextCursor}`))
  const [newer, older] = [first.items[0], second.items[0]]
  expect([newer?.id === older?.id, second.nextCursor]).toEqual([false, null])
  expect((await ada.request(`${path}?cursor=none`)).status).toBe(422)
  const detail = await answerOf<ConflictDetail>(await bob.request(`${path}/${newer?.id}`))
  const texts = newer?.items.map(({ id, text }) => ({ id, text }))
  expect(texts).toContainEqual({ id: detail.newerItemId, text: detail.suggestion })
  leave()
}, 30_000)

it('[ALR3] [ALR5] stays silent when ignored until an item says something else; a stale decision is refused with the texts', async () => {
  const { projectId, heard, open, type, replace, path, onB, leave } = await enter()
  await type(spec)
  await expect.poll(() => heard[0]?.events.length, { timeout: 5_000 }).toBe(1)
  const [conflict] = await open()
  const decide = (body: object, who = bob) => who.request(`${path}/${conflict?.id}/resolve`, jsonBody('POST', body))
  const ignored = await answerOf<Conflict>(await decide({ resolution: 'ignore', revision: 1, note: 'Both are meant.' }))
  expect(ignored).toMatchObject({ status: 'ignored', resolution: 'ignore', note: 'Both are meant.', decidedBy: bob.userId, revision: 2 })
  await expect.poll(() => heard[0]?.events).toEqual([`conflict:opened ${conflict?.id}`, `conflict:updated ${conflict?.id}`])
  await type('- Doors are locked at night\n')
  await expect
    .poll(async () => (await answerOf<{ items: unknown[] }>(await ada.request(path.replace('conflicts', 'items')))).items.length)
    .toBe(3)
  expect(await open()).toEqual([])
  const stale = await decide({ resolution: 'keep_old', revision: 1 })
  expect(stale.status).toBe(409)
  expect(await stale.json()).toMatchObject({
    code: 'conflict_changed',
    conflict: { revision: 2 },
    texts: [{ ref: 'SPEC-1' }, { ref: 'SPEC-2' }],
  })
  // From inside the document the answer is the same.
  const event = { projectId, conflictId: conflict?.id, resolution: 'keep_old', revision: 1 }
  expect(await new Promise((resolve) => onB.socket.emit('conflict:resolve', event, resolve))).toMatchObject({
    ok: false,
    error: { code: 'conflict_changed', details: { conflict: { revision: 2 }, texts: [{ ref: 'SPEC-1' }, { ref: 'SPEC-2' }] } },
  })
  await replace('30 minutes', '60 minutes')
  await expect.poll(() => heard[1]?.events.filter((told) => told === `conflict:opened ${conflict?.id}`).length).toBe(2)
  leave()
}, 30_000)

it('[ALR4] [ALR5] is decided by one edit for all, once of two who decide, while others type, and is open again when it is undone', async () => {
  const { projectId, heard, open, type, path, onA, onB, leave } = await enter()
  await type(spec)
  await expect.poll(() => heard[0]?.events.length, { timeout: 5_000 }).toBe(1)
  const [conflict] = await open()
  const request = { projectId, conflictId: conflict?.id, resolution: 'keep_old', revision: 1 }
  const words = Array.from({ length: 10 }, (_, at) => `w${at} `)
  // In the line that stays, between its bullet and its words, while two decide.
  const decided = Promise.all(
    [onA, onB].map(({ socket }) => new Promise<{ ok: boolean }>((resolve) => socket.emit('conflict:resolve', request, resolve))),
  )
  for (const word of words)
    await onB.peer.edit((content) => content.insert(content.toString().indexOf('\n- Sessions must expire after 30'), ` ${word}`))
  const answers = await decided
  expect(answers.filter(({ ok }) => ok).length).toBeLessThanOrEqual(1)
  // Where what was typed had made the item another than the one that was decided on, it is decided on anew.
  const decideAnew = async () => {
    const [now] = await open()
    if (!now) return 'decided'
    const keepItemId = now.items.find(({ text }) => text.includes('10 minutes'))?.id
    const body = { resolution: 'keep_old', revision: now.revision, keepItemId }
    return (await ada.request(`${path}/${now.id}/resolve`, jsonBody('POST', body))).status
  }
  await expect.poll(decideAnew).toBe('decided')
  await expect.poll(() => onB.peer.text.toString()).not.toContain('30 minutes')
  await expect.poll(() => words.filter((word) => !onA.peer.text.toString().includes(word.trim()))).toEqual([])
  await expect.poll(() => heard[1]?.events.filter((event) => event.startsWith('conflict:closed')).length).toBe(1)
  expect((await open('?status=resolved'))[0]).toMatchObject({ resolution: 'keep_old', closedBy: 'person' })
  await type('- Sessions must expire after 30 minutes.\n')
  await expect.poll(() => heard[1]?.events.at(-1)).toMatch(/^conflict:opened/)
  expect((await open()).map(({ id }) => id)).toEqual([conflict?.id])
  leave()
}, 30_000)

it('[ALR5] nobody decides who may not write', async () => {
  const viewer = await signUp({ serverUrl: cluster.node(0).url, name: 'Vera' })
  const { projectId, heard, open, type, leave, path } = await enter()
  await letIn({ owner: ada, projectId, people: [viewer], role: 'commenter' })
  await type(spec)
  await expect.poll(() => heard[0]?.events.length, { timeout: 5_000 }).toBe(1)
  const [conflict] = await open()
  const body = jsonBody('POST', { resolution: 'ignore', revision: 1 })
  expect((await viewer.request(`${path}/${conflict?.id}/resolve`, body)).status).toBe(403)
  const { socket } = await enterBySocketio({ serverUrl: cluster.node(0).url, projectId, token: viewer.token })
  const event = { projectId, conflictId: conflict?.id, resolution: 'ignore', revision: 1 }
  expect(await new Promise((resolve) => socket.emit('conflict:resolve', event, resolve))).toMatchObject({
    ok: false,
    error: { code: 'forbidden' },
  })
  socket.close()
  leave()
}, 30_000)

it('[ALR6] what nobody saw being mended is put right after a node died, and nothing is opened twice', async () => {
  const { heard, open, type, replace, projectId, leave, onB } = await enter()
  await type(spec)
  await expect.poll(() => heard[1]?.events.length, { timeout: 5_000 }).toBe(1)
  onB.socket.close()
  await replace('30 minutes', '10 minutes')
  await cluster.node(0).kill9()
  await cluster.node(0).restart()
  const { socket } = await enterBySocketio({ serverUrl: cluster.node(1).url, projectId, token: bob.token })
  await expect
    .poll(() => open('?status=open').then((all) => all.filter(({ kind }) => kind === 'contradiction')), { timeout: 10_000 })
    .toEqual([])
  socket.close()
  leave()
}, 30_000)

it('[ALR9] [EVT7] is told by the other node when the one that stored it is killed before it could', async () => {
  const { projectId, heard, open, type, leave } = await enter()
  const sql = postgres(cluster.databaseUrl, { max: 2 })
  const { promise: isReleased, resolve: release } = Promise.withResolvers<void>()
  const { promise: isHeld, resolve: hold } = Promise.withResolvers<void>()
  // Whoever numbers an event of the project waits, within the statement that writes what it is about.
  const holding = sql.begin(async (held) => {
    await held`insert into app_event_heads (project_id, last_id) values (${projectId}, 0) on conflict (project_id) do update set last_id = app_event_heads.last_id`
    hold()
    await isReleased
  })
  await isHeld
  await type(spec)
  const waiting = () => sql`select 1 from pg_stat_activity where wait_event_type = 'Lock' and query like '%insert into conflicts%'`
  await expect.poll(async () => (await waiting()).length, { timeout: 10_000 }).toBe(1)
  await cluster.node(0).kill9()
  release()
  await holding
  await expect.poll(() => heard[1]?.events.length, { timeout: 10_000 }).toBe(1)
  await cluster.node(0).restart()
  const [conflict, ...others] = (await open()).filter(({ kind }) => kind === 'contradiction')
  expect([heard[1]?.events, others]).toEqual([[`conflict:opened ${conflict?.id}`], []])
  const [stored] = await sql`select payload from app_events where project_id = ${projectId} and event = 'conflict:opened'`
  expect(stored).toEqual({ payload: { conflict } })
  await sql.end()
  leave()
}, 60_000)

it('[ALR10] is open again, or told to be decided, when the node died between a decision, its edit and telling it', async () => {
  const { projectId, heard, open, type, replace, leave } = await enter()
  await type(spec)
  await expect.poll(() => heard[1]?.events.length, { timeout: 10_000 }).toBe(1)
  const [conflict] = await open()
  const id = conflict?.id
  const sql = postgres(cluster.databaseUrl, { max: 1 })
  // What such a node leaves behind.
  const decide = () => sql`
    update conflicts
    set revision = revision + 1, resolution = 'keep_old', decided_by = ${ada.userId}, closed_at = now(), closed_by = 'person', status = 'resolved',
      deciding_until = now() + interval '3 seconds'
    where project_id = ${projectId}`
  await decide()
  await expect.poll(() => heard[1]?.events, { timeout: 15_000 }).toEqual([`conflict:opened ${id}`, `conflict:opened ${id}`])
  expect((await open()).map((one) => [one.id, one.decidedBy])).toEqual([[id, null]])
  await decide()
  await replace('30 minutes', '10 minutes')
  await expect.poll(() => heard[1]?.events.at(-1), { timeout: 15_000 }).toBe(`conflict:closed ${id}`)
  const [decided] = await open('?status=resolved')
  expect(decided).toMatchObject({ id, closedBy: 'person', decidedBy: ada.userId })
  const left = () => sql`select 1 from conflicts where project_id = ${projectId} and deciding_until is not null`
  await expect.poll(async () => (await left()).length).toBe(0)
  await sql.end()
  leave()
}, 60_000)
