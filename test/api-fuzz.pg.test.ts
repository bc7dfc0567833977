// Every operation of the API's description, asked with what its schemas do not expect: the answer is a refusal with a code, never a failure of ours.

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { Conflict, ConflictList } from '../shared/wire/conflicts.ts'
import type { ApiDocument, ApiOperation } from './rigs/api-contract.ts'
import { junk, text, valuesFor, type Schema } from './rigs/hostile-values.ts'
import { password, type RequestOptions } from './rigs/http-app.ts'
import { createProposalsStore } from '../server/store/proposals-store.ts'
import { startWholeApp, type WholeApp } from './rigs/whole-app.ts'

/** Who asks in one operation, and what they may name: made anew for each, since operations end sessions and delete. */
interface Cast {
  tokens: { owner: string; member: string; outsider: string; script: string }
  /** Ids that are there, by the name of the parameter. */
  ids: Record<string, string[]>
  /** What leads further in a body, by the name of the field. */
  known: Record<string, unknown[]>
}

const limits = { SIGN_UPS_PER_MINUTE: '100000', SIGN_IN_FAILURES_PER_ADDRESS: '100000', SIGN_IN_FAILURES_PER_ACCOUNT: '100000' }
const runs = 60

let whole: WholeApp
let document: ApiDocument
beforeAll(async () => {
  whole = await startWholeApp({ environment: limits })
  document = (await (await whole.request('/api/openapi.json')).json()) as ApiDocument
})
afterAll(() => whole.close())

const resolve = (ref: string): Schema => (document.components?.schemas?.[ref.split('/').at(-1) ?? ''] ?? {}) as Schema

let casts = 0

/** One answer's JSON; the request has to succeed. */
async function made(path: string, options: RequestOptions): Promise<Record<string, string>> {
  const response = await whole.request(path, options)
  expect(response.ok, path).toBe(true)
  return response.status === 204 ? {} : ((await response.json()) as Record<string, string>)
}

/** A conflict that the rules find in two items. */
async function makeConflict(projectId: string, token: string): Promise<Conflict> {
  for (const database of ['PostgreSQL', 'MongoDB']) {
    const text = `The system must use ${database} as its database.`
    await made(`/api/projects/${projectId}/items`, { body: { category: 'tech_stack', text }, token })
  }
  return vi.waitFor(async () => {
    const { items } = (await (await whole.request(`/api/projects/${projectId}/conflicts`, { token })).json()) as ConflictList
    const [conflict] = items
    if (!conflict) throw new Error('no conflict yet')
    return conflict
  })
}

async function makeCast(path: string): Promise<Cast> {
  casts++
  const owner = await whole.signUp(`Owner ${casts}`)
  const member = await whole.signUp(`Member ${casts}`)
  const outsider = await whole.signUp(`Outsider ${casts}`)
  const { token } = owner
  const project = await made('/api/projects', { body: { name: 'Kiln' }, token })
  const other = await made('/api/projects', { body: { name: 'Elsewhere' }, token: outsider.token })
  const invitation = await made(`/api/projects/${project.id}/invitations`, { body: { role: 'editor' }, token })
  await made(`/api/invitations/${invitation.token}/accept`, { method: 'POST', token: member.token })
  const version = await made(`/api/projects/${project.id}/versions`, { body: { name: 'First' }, token })
  const item = await made(`/api/projects/${project.id}/items`, { body: { category: 'goals', text: 'Ship by June' }, token })
  // Found a moment after it was written: only who asks for one waits.
  const conflict = path.includes('{conflictId}') ? await makeConflict(project.id ?? '', token) : undefined
  const said = await whole.request(`/api/projects/${project.id}/messages`, { body: { text: 'Ship by June', requestId: 'first' }, token })
  const { messageId } = (await said.json()) as { messageId: string }
  const proposing = { projectId: project.id ?? '', messageId, authorId: owner.userId, category: 'goals', confidence: 0.6 } as const
  const store = createProposalsStore(whole.database)
  const proposals = await Promise.all(
    ['July', 'May', 'April', 'March'].map((month) => store.make({ ...proposing, key: null, replaces: null, text: `Ship by ${month}` })),
  )
  const ended = ['finished', 'interrupted', 'interrupted', 'interrupted', 'interrupted']
  const questions = await whole.database.query<{ id: string }>(
    'test.questions',
    (sql) => sql`
      insert into interview_messages (project_id, role, kind, author_id, text, state)
      select ${project.id ?? ''}, 'interviewer', 'question', ${owner.userId}, 'What for?', state from unnest(${ended}::text[]) as state
      returning id`,
  )
  const script = await made('/api/account/tokens', { body: { name: 'Script', scopes: ['write'] }, token })
  const reset = await made(`/api/projects/${project.id}/members/${member.userId}/password-reset`, { method: 'POST', token })
  await made('/api/auth/sign-in/email', { body: { email: owner.email, password } })
  const sessions = (await (await whole.request('/api/account/sessions', { token })).json()) as {
    items: { id: string; isCurrent: boolean }[]
  }
  return {
    tokens: { owner: token, member: member.token, outsider: outsider.token, script: script.token ?? '' },
    ids: {
      projectId: [project.id ?? '', other.id ?? ''],
      userId: [member.userId, owner.userId, outsider.userId],
      versionId: [version.id ?? ''],
      item: [item.id ?? '', 'SPEC-1'],
      ...(conflict ? { conflictId: [conflict.id] } : {}),
      messageId: [messageId, ...questions.map(({ id }) => id)],
      proposalId: proposals.map((proposal) => proposal?.id ?? ''),
      invitationId: [invitation.id ?? ''],
      tokenId: [script.id ?? ''],
      sessionId: sessions.items.filter(({ isCurrent }) => !isCurrent).map(({ id }) => id),
      token: [invitation.token ?? '', new URL(reset.url ?? 'http://none/').pathname.split('/').at(-1) ?? ''],
    },
    known: {
      email: [owner.email],
      ...Object.fromEntries(['password', 'currentPassword', 'newPassword'].map((name) => [name, [password]])),
      projectIds: [[project.id]],
      ...(conflict ? { revision: [conflict.revision], resolution: ['keep_old', 'replace', 'ignore'] } : {}),
    },
  }
}

/** Mostly an id that is there, so that what lies behind it is reached. */
const idFor = (name: string, { ids }: Cast) =>
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom(...(ids[name] ?? ['x'])) },
    { weight: 2, arbitrary: fc.constantFrom(...Object.values(ids).flat()) },
    { weight: 1, arbitrary: fc.constantFrom('%', '%00', '%ED%A0%80', '%2e%2e%2f', 'undefined', '0', '-1') },
    { weight: 2, arbitrary: text().map((value) => encodeURIComponent(value.toWellFormed()) || 'x') },
  )

function requestsFor(path: string, { parameters = [], requestBody }: ApiOperation, cast: Cast) {
  const names = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
  const source = { resolve, known: cast.known }
  const query = parameters.filter((parameter) => parameter.in === 'query')
  const [type, { schema } = { schema: {} }] = Object.entries(requestBody?.content ?? {}).at(-1) ?? []
  return fc.record({
    ids: fc.tuple(...names.map((name) => idFor(name, cast))),
    query: fc.record(Object.fromEntries(query.map((parameter) => [parameter.name, valuesFor(parameter.schema, source)])), {
      requiredKeys: [],
    }),
    body: requestBody
      ? fc.oneof({ weight: 9, arbitrary: valuesFor(schema, source) }, { weight: 1, arbitrary: junk() })
      : fc.constant(undefined),
    type: fc.oneof(
      { weight: 9, arbitrary: fc.constant(type ?? 'application/json') },
      { weight: 1, arbitrary: fc.constantFrom('text/plain', 'text/markdown', 'a/b', '') },
    ),
    cut: fc.oneof({ weight: 19, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
    token: fc.oneof(
      { weight: 12, arbitrary: fc.constant(cast.tokens.owner) },
      { weight: 4, arbitrary: fc.constantFrom(...Object.values(cast.tokens)) },
      { weight: 1, arbitrary: fc.constantFrom('nobody', 'elx_nobody', 'elx_') },
    ),
  })
}

type Drawn = ReturnType<typeof requestsFor> extends fc.Arbitrary<infer Value> ? Value : never

/** The path and the options of what was drawn. */
function requestOf(path: string, method: string, { ids, query, body, type, cut, token }: Drawn): [string, RequestOptions] {
  let index = 0
  const filled = path.replace(/\{\w+\}/g, () => ids[index++] ?? 'x')
  const search = new URLSearchParams(
    Object.entries(query).map(([name, value]): [string, string] => [name, typeof value === 'string' ? value : JSON.stringify(value)]),
  )
  const sent = JSON.stringify(body)
  const rawBody = cut ? sent?.slice(0, -1) : sent
  return [
    `${filled}?${search.toString()}`,
    {
      method: method.toUpperCase(),
      token,
      headers: rawBody === undefined ? {} : { 'content-type': type },
      ...(rawBody === undefined ? {} : { rawBody }),
    },
  ]
}

/** Operations that were answered with success at least once: what lies behind the checks was reached. */
const reached = new Set<string>()

async function expectAnAnswer(operation: string, [path, options]: [string, RequestOptions]): Promise<void> {
  const response = await whole.request(path, options)
  const answer = await response.text()
  const seen = `${options.method} ${path.slice(0, 200)} answered ${response.status}: ${answer.slice(0, 300)}`
  expect(response.status, seen).toBeLessThan(500)
  if (response.ok) reached.add(operation)
  if (response.status < 400) return
  expect(response.headers.get('content-type'), seen).toMatch(/json/)
  expect(JSON.parse(answer), seen).toMatchObject({ code: expect.stringMatching(/\w/) })
}

describe('[API5] whatever is sent', () => {
  it('to any operation, it gives an answer of its own or a refusal with a code', async () => {
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, operation]) => ({ path, method, operation })),
    )
    expect(operations.length).toBeGreaterThan(15)
    for (const { path, method, operation } of operations) {
      const cast = await makeCast(path)
      await fc.assert(
        fc.asyncProperty(requestsFor(path, operation, cast), async (drawn) =>
          expectAnAnswer(`${method} ${path}`, requestOf(path, method, drawn)),
        ),
        { numRuns: runs },
      )
    }
    expect(reached.size, `only ${[...reached].join(', ')}`).toBeGreaterThan(operations.length * 0.85)
    expect(whole.logged.filter(({ level }) => level === 'error')).toEqual([])
  }, 180_000)
})
