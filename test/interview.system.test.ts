// The interview through the doors of two real nodes over Redis, one of which is killed in the middle of a sentence.

import type { Socket } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it, onTestFailed, vi } from 'vitest'
import { may, type Role } from '../shared/domain/roles.ts'
import type { InterviewMessage, MessageDelta } from '../shared/wire/interview.ts'
import { startCluster, type Cluster } from './rigs/cluster.ts'
import { enterBySocketio } from './rigs/peer-lines.ts'
import { answerOf, createProject, jsonBody, letIn, readSpec, signUp, type Person } from './rigs/people.ts'
import { redisProgram } from './rigs/private-redis.ts'
import { eventRules } from './rigs/rights-table.ts'

let cluster: Cluster
let ada: Person
let bob: Person

beforeAll(async () => {
  if (!redisProgram) return
  cluster = await startCluster({ size: 2 })
  ada = await signUp({ serverUrl: cluster.node(0).url, name: 'Ada' })
  bob = await signUp({ serverUrl: cluster.node(1).url, name: 'Bob' })
})
afterAll(() => cluster?.stop())

/** Puts the words of messages together by their offsets. */
function follow(socket: Socket) {
  const texts = new Map<string, string>()
  const ended = new Map<string, InterviewMessage>()
  let isWhole = true
  socket.on('message:delta', ({ messageId, offset, text }: MessageDelta) => {
    const known = texts.get(messageId) ?? ''
    isWhole &&= offset === known.length
    texts.set(messageId, known + text)
  })
  socket.on('message:finished', ({ message }: { message: InterviewMessage }) => ended.set(message.id, message))
  return { textOf: (id: string) => texts.get(id) ?? '', endOf: (id: string) => ended.get(id), isWhole: () => isWhole }
}

const ask = (socket: Socket, projectId: string, requestId: string) =>
  socket.emitWithAck('interview:ask', { projectId, requestId }) as Promise<{ ok: true; messageId: string; state: string; position: number }>

describe.runIf(redisProgram)('the interview on two nodes', () => {
  it('[INT1] asks everyone a question, takes the answer and asks the next, whichever node they are on', async () => {
    onTestFailed(() => void process.stderr.write(cluster.node(0).output()))
    const projectId = await createProject(ada)
    await letIn({ owner: ada, projectId, people: [bob] })
    const one = await enterBySocketio({ serverUrl: cluster.node(0).url, projectId, token: ada.token })
    const other = await enterBySocketio({ serverUrl: cluster.node(1).url, projectId, token: bob.token })
    const [here, there] = [follow(one.socket), follow(other.socket)]
    const { messageId, ...asked } = await ask(one.socket, projectId, 'a1')
    expect(asked).toEqual({ ok: true, state: 'running', position: 0 })
    for (const reader of [here, there])
      await vi.waitFor(() => expect(reader.endOf(messageId)).toMatchObject({ state: 'finished', isOpen: true }), 10_000)
    expect(here.textOf(messageId)).toMatch(/\?$/)
    expect(there.textOf(messageId)).toBe(here.textOf(messageId))
    expect(there.endOf(messageId)?.why).toMatch(/\.$/)
    expect([here.isWhole(), there.isWhole()]).toEqual([true, true])
    // While it is open, whoever asks gets that one.
    expect(await ask(other.socket, projectId, 'b1')).toMatchObject({ messageId, state: 'finished' })
    expect(await other.socket.emitWithAck('interview:resume', { projectId, messageId, offset: 4 })).toMatchObject({
      ok: true,
      text: here.textOf(messageId).slice(4),
    })
    const said = (await other.socket.emitWithAck('interview:say', { projectId, text: 'Nurses\r\non a ward', requestId: 'b2' })) as {
      messageId: string
    }
    await vi.waitFor(
      () => expect(here.endOf(said.messageId)).toMatchObject({ role: 'person', replyTo: messageId, text: 'Nurses\non a ward' }),
      10_000,
    )
    const list = async () => answerOf<{ items: InterviewMessage[] }>(await ada.request(`/api/projects/${projectId}/messages`))
    await vi.waitFor(
      async () =>
        expect((await list()).items.map(({ role, isOpen }) => [role, isOpen])).toEqual([
          ['interviewer', false],
          ['person', false],
          ['interviewer', true],
        ]),
      10_000,
    )
    const { items } = await list()
    expect(items[2]?.text).not.toBe(items[0]?.text)
    const skipped = await ada.request(`/api/projects/${projectId}/messages/${items[2]?.id}/skip`, { method: 'POST' })
    expect(skipped.status).toBe(200)
    await vi.waitFor(async () => expect((await list()).items.at(-1)).toMatchObject({ isOpen: true, role: 'interviewer' }), 10_000)
    expect(new Set((await list()).items.map(({ text }) => text)).size).toBe(4)
    for (const { socket } of [one, other]) socket.close()
  })

  it('[INT8] puts what an editor answers into the document of everyone, and nothing of what a commenter does', async () => {
    const projectId = await createProject(ada)
    await letIn({ owner: ada, projectId, people: [bob], role: 'commenter' })
    const list = async () => answerOf<{ items: InterviewMessage[] }>(await ada.request(`/api/projects/${projectId}/messages`))
    const say = (person: Person, requestId: string) =>
      person.request(
        `/api/projects/${projectId}/messages`,
        jsonBody('POST', { text: `A ward of ${requestId}0 nurses must be served.\nIt is nice.`, requestId }),
      )
    const untilOpen = async () => {
      await vi.waitFor(async () => expect((await list()).items.at(-1)).toMatchObject({ isOpen: true }), 10_000)
      return (await list()).items.at(-1)
    }
    await ada.request(`/api/projects/${projectId}/questions`, jsonBody('POST', { requestId: 'q' }))
    const question = await untilOpen()
    const answered = await answerOf<{ messageId: string }>(await say(ada, '5'))
    const { items } = await answerOf<{ items: unknown[] }>(await ada.request(`/api/projects/${projectId}/items`))
    expect(items).toMatchObject([
      {
        category: question?.category,
        text: 'A ward of 50 nurses must be served',
        source: 'interview',
        confidence: 0.9,
        authorId: ada.userId,
        messageId: answered.messageId,
      },
    ])
    const text = await readSpec(ada, projectId)
    // What is not sure stands in the answer that is kept, and nowhere else.
    expect(text.replace('It is nice', '')).not.toContain('It is nice')
    expect(text.indexOf('It is nice')).toBeGreaterThan(text.indexOf('## Clarifications'))
    await untilOpen()
    expect((await say(bob, '7')).status).toBe(201)
    expect(await readSpec(ada, projectId)).toBe(text)
  })

  it('[INT3] lets those ask and answer whose role answers, those switch the mode who write, and everyone read', async () => {
    const projectId = await createProject(ada)
    for (const role of ['commenter', 'viewer'] as const satisfies readonly Role[]) {
      const person = await signUp({ serverUrl: cluster.node(0).url, name: role })
      await letIn({ owner: ada, projectId, people: [person], role })
      const { socket } = await enterBySocketio({ serverUrl: cluster.node(1).url, projectId, token: person.token })
      const requests = {
        'interview:ask': { requestId: role },
        'interview:say': { text: 'No', requestId: `${role} says` },
        'interview:stop': { messageId: projectId },
        'interview:skip': { messageId: projectId },
        'interview:mode': { mode: 'direct' },
        'interview:resume': { messageId: projectId, offset: 0 },
      } as const
      for (const [event, request] of Object.entries(requests)) {
        const answer = (await socket.emitWithAck(event, { projectId, ...request })) as { ok: boolean; error?: { code: string } }
        const isAllowed = may(role, eventRules[event as keyof typeof requests].needs)
        expect(answer.error?.code === 'forbidden', `${role} ${event}`).toBe(!isAllowed)
        expect(await socket.emitWithAck(event, { projectId, wrong: 1 })).toMatchObject({ error: { code: 'invalid_request' } })
      }
      socket.close()
    }
  })

  it('[STR6] ends a message as interrupted within 10 s of its node being killed, and has it continued on another', async () => {
    const projectId = await createProject(ada)
    await letIn({ owner: ada, projectId, people: [bob] })
    const { socket } = await enterBySocketio({ serverUrl: cluster.node(1).url, projectId, token: bob.token })
    const reader = follow(socket)
    const asked = await fetch(`${cluster.node(0).url}/api/projects/${projectId}/questions`, {
      ...jsonBody('POST', { requestId: 'last' }),
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.token}` },
    })
    const { messageId } = await answerOf<{ messageId: string }>(asked)
    await vi.waitFor(() => expect(reader.textOf(messageId)).not.toBe(''), { timeout: 10_000, interval: 1 })
    await cluster.node(0).kill9()
    const killedAtMs = performance.now()
    await vi.waitFor(() => expect(reader.endOf(messageId)).toBeDefined(), 12_000)
    expect(performance.now() - killedAtMs).toBeLessThan(10_000)
    const interrupted = reader.endOf(messageId)
    expect(interrupted).toMatchObject({ state: 'interrupted', text: reader.textOf(messageId) })
    const continued = await bob.request(`/api/projects/${projectId}/messages/${messageId}/continue`, { method: 'POST' })
    expect(continued.status).toBe(200)
    await vi.waitFor(() => expect(reader.endOf(messageId)).toMatchObject({ state: 'finished' }), 10_000)
    expect(reader.endOf(messageId)?.text).toMatch(/\?$/)
    expect(reader.textOf(messageId)).toBe(reader.endOf(messageId)?.text)
    socket.close()
  })
})
