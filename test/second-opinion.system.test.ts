// A model's second opinion on what may clash, on two real nodes over Redis; the model is a scripted server.

import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Conflict, ConflictEvent, ConflictList } from '../shared/wire/conflicts.ts'
import { startCluster, type Cluster } from './rigs/cluster.ts'
import { modelSettings } from './rigs/model-world.ts'
import { enterBySocketio, type SocketioPeer } from './rigs/peer-lines.ts'
import { answerOf, createProject, jsonBody, letIn, signUp, type Person } from './rigs/people.ts'
import { redisProgram } from './rigs/private-redis.ts'
import { saying, ScriptedModel, silent, type ModelCall } from './rigs/scripted-model.ts'
import { readMetric } from './rigs/server-metrics.ts'

const guests = 'Guests shall pay for an order without an account.'
const customers = 'The owner of each order shall be a registered customer.'
const spec = `\n## Requirements\n\n- ${guests}\n- ${customers}\n`

let rig: ScriptedModel
let cluster: Cluster
let ada: Person
let bob: Person
let projectId: string

beforeAll(async () => {
  if (!redisProgram) return
  rig = await ScriptedModel.start()
  const env = { ...modelSettings(rig), LLM_BREAKER_FAILURES: '1000', LLM_OPINION_PAUSE_MS: '200', LLM_OPINION_CALLS_PER_HOUR: '4' }
  cluster = await startCluster({ size: 2, env })
  ada = await signUp({ serverUrl: cluster.node(0).url, name: 'Ada' })
  bob = await signUp({ serverUrl: cluster.node(1).url, name: 'Bob' })
})
beforeEach(async () => {
  if (!redisProgram) return
  rig.calls.length = 0
  rig.script = silent
  projectId = await createProject(ada)
  await letIn({ owner: ada, projectId, people: [bob] })
})
afterAll(async () => {
  await cluster?.stop()
  await rig?.stop()
})

interface Read {
  pair: number
  a: string
  b: string
}

const pairsIn = ({ body }: ModelCall): Read[] => (JSON.parse(String(body.messages.at(-1)?.content)) as { pairs: Read[] }).pairs

/** Finds that guests without an account are no customers, and nothing else. */
const findsGuests = (call: ModelCall) => {
  const findings = pairsIn(call)
    .filter(({ a, b }) => /without an account/.test(a + b) && /registered/.test(a + b))
    .map(({ pair, a }) => ({
      pair,
      kind: 'contradiction',
      domain: 'requirement',
      severity: 'high',
      why: 'A guest has no account, so nobody registered owns the order.',
      wordsA: /Guests/.test(a) ? 'without an account' : 'registered customer',
      wordsB: 'is not in the text',
    }))
  return saying(`So: ${JSON.stringify({ findings })}`)(call)
}

const list = async (status = 'open') =>
  (await answerOf<ConflictList>(await ada.request(`/api/projects/${projectId}/conflicts?status=${status}`))).items
const ofModel = (conflicts: readonly Conflict[]) => conflicts.filter(({ rule }) => rule === 'model')

async function enter() {
  const onA = await enterBySocketio({ serverUrl: cluster.node(0).url, projectId, token: ada.token })
  const onB = await enterBySocketio({ serverUrl: cluster.node(1).url, projectId, token: bob.token })
  const heard = [onA, onB].map(({ socket }: SocketioPeer) => {
    const events: string[] = []
    for (const name of ['conflict:opened', 'conflict:updated', 'conflict:closed'] as const)
      socket.on(name, ({ conflict }: ConflictEvent) => events.push(`${name} ${conflict.rule}`))
    return events
  })
  const replace = (from: string, to: string) =>
    onA.peer.edit((content) => {
      const at = content.toString().indexOf(from)
      content.delete(at, from.length)
      content.insert(at, to)
    })
  return {
    heard,
    replace,
    type: (text: string) => onA.peer.edit((content) => content.insert(content.length, text)),
    leave: () => [onA, onB].forEach(({ socket }) => socket.close()),
  }
}

const opened = 'conflict:opened model'
const closed = 'conflict:closed model'

describe.runIf(redisProgram)('a second opinion', () => {
  it('[LLM14] finds what the rules do not, tells it once on both nodes, and has it decided on like any other', async () => {
    rig.script = findsGuests
    const { heard, type, leave } = await enter()
    await type(spec)
    await vi.waitFor(() => expect(heard).toEqual([[opened], [opened]]), 15_000)
    const [conflict] = await list()
    expect(conflict).toMatchObject({ rule: 'model', kind: 'contradiction', severity: 'high', status: 'open' })
    expect(conflict?.why).toContain('nobody registered')
    // Words that are not in the text mark all of it.
    expect(conflict?.items.map(({ text, words }) => words.map(({ from, to }) => text.slice(from, to)))).toEqual(
      expect.arrayContaining([[expect.stringMatching(/^(without an account|registered customer)$/)]]),
    )
    expect(rig.calls).toHaveLength(1)
    const path = `/api/projects/${projectId}/conflicts/${conflict?.id}/resolve`
    await answerOf(await bob.request(path, jsonBody('POST', { resolution: 'keep_old', revision: conflict?.revision })))
    await vi.waitFor(async () => expect(await list('resolved')).toMatchObject([{ rule: 'model', closedBy: 'person' }]))
    expect(await list()).toEqual([])
    leave()
  })

  it('[LLM14] keeps no rule waiting, and is not asked about what a rule has decided', async () => {
    const { heard, type, leave } = await enter()
    await type(spec)
    await rig.call(0)
    await type('- Sessions must expire after 10 minutes.\n- Sessions must expire after 30 minutes.\n')
    await vi.waitFor(() => expect(heard.map((events) => events.length)).toEqual([1, 1]))
    expect(heard[0]?.[0]).not.toBe(opened)
    rig.script = findsGuests
    rig.calls[0]?.refuse(400)
    await type('- Reports of sessions must be kept for a year.\n')
    const last = await rig.call(1)
    await vi.waitFor(() => expect(heard[1]).toContain(opened), 15_000)
    const texts = pairsIn(last).map(({ a, b }) => [a, b].toSorted().join(' | '))
    expect(texts.length).toBeGreaterThan(0)
    expect(texts.filter((text) => text.includes('10 minutes') && text.includes('30 minutes'))).toEqual([])
    leave()
  })

  it('[LLM15] closes when the words change, opens with them again without asking, and outlives its node', async () => {
    rig.script = findsGuests
    const { heard, type, replace, leave } = await enter()
    await type(spec)
    await vi.waitFor(() => expect(heard[1]).toEqual([opened]), 15_000)
    await replace('without an account', 'with an account')
    await vi.waitFor(() => expect(heard[1]).toEqual([opened, closed]), 15_000)
    await rig.call(1)
    rig.script = (call) => call.refuse(400)
    await replace('with an account', 'without an account')
    await vi.waitFor(() => expect(heard[1]?.filter((event) => event === opened)).toHaveLength(2), 15_000)
    expect(ofModel(await list('all'))).toHaveLength(1)
    leave()
    const asked = rig.calls.length
    const before = ofModel(await list())
    expect(before).toHaveLength(1)
    await cluster.node(0).kill9()
    await cluster.node(0).restart()
    const again = await enter()
    await again.type('- Mails must be sent within 5 minutes.\n')
    await vi.waitFor(async () =>
      expect((await answerOf<{ items: unknown[] }>(await ada.request(`/api/projects/${projectId}/items`))).items).toHaveLength(3),
    )
    // The node that was started anew has looked.
    const looks = 'elenchus_conflict_check_duration_seconds_count'
    await vi.waitFor(async () => expect(await readMetric(cluster.node(0).url, looks)).toBeGreaterThan(0), 15_000)
    // Neither closed nor opened again meanwhile.
    expect(ofModel(await list())).toEqual(before)
    expect(again.heard.flat().filter((event) => event === closed)).toEqual([])
    expect(
      rig.calls
        .slice(asked)
        .flatMap(pairsIn)
        .filter(({ a, b }) => /Guests/.test(a + b) && /registered/.test(a + b)),
    ).toEqual([])
    again.leave()
  })

  it('[LLM16] takes nothing of an answer that has another form or is about other pairs, and asks no more than its limit', async () => {
    const finding = { kind: 'contradiction', domain: 'requirement', severity: 'high', why: 'They clash, believe me.' }
    rig.script = saying(JSON.stringify({ findings: [{ ...finding, pair: 7 }] }))
    const { type, replace, leave } = await enter()
    await type(spec)
    await vi.waitFor(() => expect(rig.calls).toHaveLength(1), 10_000)
    rig.script = saying(JSON.stringify({ findings: [{ ...finding, pair: 0, severity: 'critical', status: 'resolved' }] }))
    for (const [index, name] of ['Visitors', 'Strangers', 'Passengers', 'Travellers', 'Pilots'].entries()) {
      await replace(['Guests', 'Visitors', 'Strangers', 'Passengers', 'Travellers'][index] ?? '', name)
      await new Promise((resolve) => setTimeout(resolve, 900))
    }
    expect(rig.calls.length).toBeGreaterThan(1)
    expect(rig.calls.length).toBeLessThanOrEqual(4)
    expect(await list('all')).toEqual([])
    leave()
  })
})
