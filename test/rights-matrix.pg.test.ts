// Every route of the API asked by every role: one table says who may, and everybody else is refused in the one way there is for them.

import { createProposalsStore } from '../server/store/proposals-store.ts'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createConflictsStore } from '../server/store/conflicts-store.ts'
import { may, roles } from '../shared/domain/roles.ts'
import type { ApiDocument } from './rigs/api-contract.ts'
import { askers, routeRules, type AskerName, type RouteRule, type SceneIds } from './rigs/rights-table.ts'
import { startWholeApp, type WholeApp } from './rigs/whole-app.ts'

interface Scene extends SceneIds {
  tokens: Record<Exclude<AskerName, 'nobody'>, string>
}

let app: WholeApp
let document: ApiDocument
beforeAll(async () => {
  app = await startWholeApp({ environment: { SIGN_UPS_PER_MINUTE: '100000', REQUESTS_PER_SECOND: '100000', REQUESTS_BURST: '100000' } })
  document = (await (await app.request('/api/openapi.json')).json()) as ApiDocument
})
afterAll(() => app.close())

let scenes = 0
let readingScene: Promise<Scene> | undefined

/** People and a project of their own, since requests of the matrix sign out, remove and put away; who only reads shares one. */
async function setScene(): Promise<Scene> {
  scenes++
  const names = [...roles, 'stranger', 'bystander'] as const
  const people = await Promise.all(names.map((name) => app.signUp(`${name} ${scenes}`)))
  const at = (name: (typeof names)[number]) => {
    const person = people[names.indexOf(name)]
    if (!person) throw new Error(`there is no ${name}`)
    return person
  }
  const ask = async <T>(path: string, body: unknown): Promise<T> =>
    (await (await app.request(path, { method: 'POST', body, token: at('owner').token })).json()) as T
  const { id: projectId } = await ask<{ id: string }>('/api/projects', { name: 'Matrix' })
  for (const role of ['editor', 'commenter', 'viewer'] as const) {
    const { token } = await ask<{ token: string }>(`/api/projects/${projectId}/invitations`, { role })
    const joining = role === 'viewer' ? [at(role), at('bystander')] : [at(role)]
    for (const person of joining) await app.request(`/api/invitations/${token}/accept`, { method: 'POST', token: person.token })
  }
  const invitation = await ask<{ id: string; token: string }>(`/api/projects/${projectId}/invitations`, { role: 'viewer' })
  const version = await ask<{ id: string }>(`/api/projects/${projectId}/versions`, { name: 'First' })
  const item = await ask<{ id: string }>(`/api/projects/${projectId}/items`, { category: 'goals', text: 'Ship by June' })
  const items = [{ id: item.id, ref: 'SPEC-1', text: 'Ship by June', words: [] }]
  const found = {
    fingerprint: 'of the matrix',
    kind: 'contradiction',
    domain: 'timeline',
    severity: 'high',
    rule: 'schedule',
    why: 'It is late.',
    items,
  } as const
  const [opened] = await createConflictsStore(app.database).open(projectId, [{ ...found, items }], 1)
  const conflict = opened?.row
  const said = await ask<{ messageId: string }>(`/api/projects/${projectId}/messages`, { text: 'Hello', requestId: 'first' })
  const proposal = await createProposalsStore(app.database).make({
    projectId,
    messageId: said.messageId,
    authorId: at('owner').userId,
    category: 'goals',
    key: null,
    text: 'Ship by July',
    replaces: null,
    confidence: 0.6,
  })
  return {
    projectId,
    versionId: version.id,
    itemId: item.id,
    conflictId: conflict?.id ?? '',
    messageId: said.messageId,
    proposalId: proposal?.id ?? '',
    bystanderId: at('bystander').userId,
    invitationId: invitation.id,
    invitationToken: invitation.token,
    tokens: {
      owner: at('owner').token,
      editor: at('editor').token,
      commenter: at('commenter').token,
      viewer: at('viewer').token,
      stranger: at('stranger').token,
    },
  }
}

function pathOf(template: string, scene: Scene, { params = {} }: RouteRule): string {
  const values: Record<string, string> = {
    projectId: scene.projectId,
    userId: scene.bystanderId,
    invitationId: scene.invitationId,
    token: scene.invitationToken,
    versionId: scene.versionId,
    item: scene.itemId,
    conflictId: scene.conflictId,
    messageId: scene.messageId,
    proposalId: scene.proposalId,
    ...params,
  }
  return template.replace(/\{(\w+)\}/g, (_whole, name: string) => encodeURIComponent(values[name] ?? 'missing'))
}

/** better-auth has codes of its own for who is not signed in. */
async function codeOf(response: Response, template: string): Promise<string | undefined> {
  if (response.status < 400) return ''
  if (response.status === 401 && template.startsWith('/api/auth/') && !template.includes('sign-in')) return 'unauthenticated'
  return ((await response.clone().json()) as { code?: string }).code
}

/** The one answer for who may not; undefined for who may. */
function refusalFor(asker: AskerName, { needs }: RouteRule): [status: number, code: string] | undefined {
  if (needs === 'anybody') return undefined
  if (asker === 'nobody') return [401, 'unauthenticated']
  if (needs === 'signed in') return undefined
  if (asker === 'stranger') return [404, 'not_found']
  return may(asker, needs) ? undefined : [403, 'forbidden']
}

describe('the table', () => {
  it('[MEM9] has every route of the description, and no other', () => {
    const described = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method.toUpperCase()} ${path}`),
    )
    expect(Object.keys(routeRules).toSorted()).toEqual(described.toSorted())
  })
})

describe.each(Object.entries(routeRules))('%s', (route, rule) => {
  it('[MEM9] is answered for every role as the table says', async () => {
    const [method = '', template = ''] = route.split(' ')
    const seen: Record<string, unknown> = {}
    const wanted: Record<string, unknown> = {}
    for (const asker of askers) {
      const scene = await (method === 'GET' ? (readingScene ??= setScene()) : setScene())
      const token = asker === 'nobody' ? {} : { token: scene.tokens[asker] }
      const body = rule.body === undefined ? {} : { body: rule.body(scene) }
      const response = await app.request(pathOf(template, scene, rule), { method, from: '127.0.0.1', ...token, ...body })
      const refusal = refusalFor(asker, rule)
      const code = await codeOf(response, template)
      // Who may is answered by the route itself, well or not (an email that nobody has, a token that is none): never as somebody who may not.
      const isLetIn = ![401, 403].includes(response.status) || code?.toLowerCase() === 'invalid_email_or_password'
      wanted[asker] = refusal ?? 'let in'
      seen[asker] = refusal ? [response.status, code] : isLetIn && code !== 'not_found' ? 'let in' : [response.status, code]
    }
    expect(seen).toEqual(wanted)
  })
})
