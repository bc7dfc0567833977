// People and projects of a system test, made over the HTTP API of a running server.

import { randomUUID } from 'node:crypto'
import type { Role } from '../../shared/domain/roles.ts'

/** Someone who has signed up. */
export interface Person {
  readonly name: string
  readonly email: string
  readonly token: string
  readonly userId: string
  /** Asks the server as this person; a path, or an absolute address. */
  request(path: string, init?: RequestInit): Promise<Response>
}

export interface SignUpOptions {
  serverUrl: string
  name: string
}

/** The password of everyone. */
export const password = 'correct horse battery staple'

/** Signs up somebody new; two of one name are two people. */
export async function signUp({ serverUrl, name }: SignUpOptions): Promise<Person> {
  const email = `${randomUUID()}@example.org`
  // Node's fetch announces itself as a browser's does, and a browser is asked for its origin.
  const response = await fetch(`${serverUrl}/api/auth/sign-up/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: serverUrl },
    body: JSON.stringify({ name, email, password }),
  })
  const { token, user } = await answerOf<{ token: string; user: { id: string } }>(response)
  return { name, email, token, userId: user.id, request: (path, init) => request(serverUrl, token, path, init) }
}

/** Makes a project of `owner`; gives its id. */
export async function createProject(owner: Person, name = 'A project', description?: string): Promise<string> {
  const response = await owner.request('/api/projects', jsonBody('POST', { name, ...(description === undefined ? {} : { description }) }))
  return (await answerOf<{ id: string }>(response)).id
}

/** Lets `people` into a project by one invitation. */
export async function letIn({
  owner,
  projectId,
  people,
  role = 'editor',
}: {
  owner: Person
  projectId: string
  people: Person[]
  role?: Role
}): Promise<void> {
  const invitation = await answerOf<{ token: string }>(
    await owner.request(`/api/projects/${projectId}/invitations`, jsonBody('POST', { role })),
  )
  for (const person of people) await answerOf(await person.request(`/api/invitations/${invitation.token}/accept`, jsonBody('POST', {})))
}

/** The Markdown of a project as HTTP gives it. */
export async function readSpec(person: Person, projectId: string): Promise<string> {
  const response = await person.request(`/api/projects/${projectId}/spec`, { headers: { accept: 'text/markdown' } })
  if (!response.ok) throw new Error(`GET spec answered ${response.status}: ${await response.text()}`)
  return response.text()
}

/** The JSON of an answer; throws with status and body when it is none of 2xx. */
export async function answerOf<Answer>(response: Response): Promise<Answer> {
  const text = await response.text()
  if (!response.ok) throw new Error(`${response.url} answered ${response.status}: ${text}`)
  return JSON.parse(text) as Answer
}

/** A request that carries JSON. */
export function jsonBody(method: string, body: unknown): RequestInit {
  return { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}

function request(serverUrl: string, token: string, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers)
  headers.set('authorization', `Bearer ${token}`)
  return fetch(new URL(path, serverUrl), { ...init, headers })
}
