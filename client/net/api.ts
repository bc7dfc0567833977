// The HTTP client: one function a request, answers typed by shared/wire, every failure an ApiError.

import type { EventList } from '../../shared/wire/app-events.ts'
import type { AuditList } from '../../shared/wire/audit.ts'
import type { Role } from '../../shared/domain/roles.ts'
import type { OpenInvitation, OpenInvitationList } from '../../shared/wire/members.ts'
import type {
  AcceptedInvitation,
  ChangeProjectRequest,
  CreateInvitationRequest,
  CreateProjectRequest,
  Invitation,
  InvitationPreview,
  Member,
  MemberList,
  Project,
  ProjectList,
} from '../../shared/wire/projects.ts'
import { errorFromResponse, unreachable } from './api-error.ts'

export interface ApiOptions {
  /** Where the server is: its origin. */
  url: string
  /** An explicit session token; without one the browser's cookie speaks. A function is asked at each request. */
  token?: string | (() => string)
  /** Sends the cookie also to another origin; on the page's own origin it goes by itself. */
  withCookie?: boolean
  /** `globalThis.fetch` unless given. */
  fetch?: typeof fetch
}

export interface SignedInUser {
  id: string
  name: string
  email: string
}

/** What sign-up and sign-in give; a browser leaves `token` alone and lives by the cookie. */
export interface SignedIn {
  token: string
  user: SignedInUser
}

export interface ListProjectsQuery {
  q?: string
  limit?: number
  cursor?: string
  /** `true` asks for those that were put away, and only for them. */
  archived?: boolean
}

/** What a request may carry besides its path. */
export interface RequestOptions {
  body?: unknown
  signal?: AbortSignal
}

export type Api = ReturnType<typeof createApi>

/** The requests of one server in one person's name. Each rejects with ApiError, or with the signal's reason when aborted. */
export function createApi(options: ApiOptions) {
  const request = requester(options)
  const project = (id: string) => `/api/projects/${encodeURIComponent(id)}`
  const member = (id: string, userId: string) => `${project(id)}/members/${encodeURIComponent(userId)}`
  const invitation = (token: string) => `/api/invitations/${encodeURIComponent(token)}`
  return {
    /** Any other request: gives the parsed JSON body, null for an empty one. */
    request,
    signUp: (body: { name: string; email: string; password: string }) => request<SignedIn>('POST', '/api/auth/sign-up/email', { body }),
    signIn: (body: { email: string; password: string }) => request<SignedIn>('POST', '/api/auth/sign-in/email', { body }),
    signOut: () => request<unknown>('POST', '/api/auth/sign-out', { body: {} }),
    /** Who is signed in; null when nobody is. */
    getSession: (signal?: AbortSignal) => request<{ user: SignedInUser } | null>('GET', '/api/auth/get-session', withSignal(signal)),
    listProjects: (query: ListProjectsQuery = {}, signal?: AbortSignal) =>
      request<ProjectList>('GET', `/api/projects${queryString({ ...query })}`, withSignal(signal)),
    createProject: (body: CreateProjectRequest) => request<Project>('POST', '/api/projects', { body }),
    getProject: (id: string, signal?: AbortSignal) => request<Project>('GET', project(id), withSignal(signal)),
    changeProject: (id: string, body: ChangeProjectRequest) => request<Project>('PATCH', project(id), { body }),
    /** Puts a project away; `changeProject` with `archived: false` brings it back. */
    archiveProject: (id: string) => request<null>('DELETE', project(id)),
    listMembers: async (id: string, signal?: AbortSignal): Promise<Member[]> =>
      (await request<MemberList>('GET', `${project(id)}/members`, withSignal(signal))).items,
    changeMember: (id: string, userId: string, body: { role: Role }) => request<Member>('PATCH', member(id, userId), { body }),
    /** Takes a person out; with one's own id: leaves. */
    removeMember: (id: string, userId: string) => request<null>('DELETE', member(id, userId)),
    /** What happened in the project after event `after`, in order. */
    listEvents: (id: string, after: number, signal?: AbortSignal) =>
      request<EventList>('GET', `${project(id)}/events${queryString({ after, limit: 200 })}`, withSignal(signal)),
    /** Who did what in the project, newest first. */
    listAudit: (id: string, cursor?: string, signal?: AbortSignal) =>
      request<AuditList>('GET', `${project(id)}/audit${queryString({ cursor })}`, withSignal(signal)),
    /** The links that can still be used. */
    listInvitations: async (id: string, signal?: AbortSignal): Promise<OpenInvitation[]> =>
      (await request<OpenInvitationList>('GET', `${project(id)}/invitations`, withSignal(signal))).items,
    withdrawInvitation: (id: string, invitationId: string) =>
      request<null>('DELETE', `${project(id)}/invitations/${encodeURIComponent(invitationId)}`),
    createInvitation: (id: string, body: CreateInvitationRequest) => request<Invitation>('POST', `${project(id)}/invitations`, { body }),
    /** What the holder of a link may know before they are let in; needs no session. */
    previewInvitation: (token: string, signal?: AbortSignal) => request<InvitationPreview>('GET', invitation(token), withSignal(signal)),
    acceptInvitation: (token: string) => request<AcceptedInvitation>('POST', `${invitation(token)}/accept`, { body: {} }),
  }
}

function requester({ url, token, withCookie, fetch: fetchGiven }: ApiOptions) {
  const origin = new URL(url).origin
  return async function request<Answer>(method: string, path: string, { body, signal }: RequestOptions = {}): Promise<Answer> {
    const headers = new Headers({ accept: 'application/json' })
    if (body !== undefined) headers.set('content-type', 'application/json')
    if (token !== undefined) {
      headers.set('authorization', `Bearer ${typeof token === 'function' ? token() : token}`)
    }
    const send = fetchGiven ?? globalThis.fetch
    const response = await send(origin + path, {
      method,
      headers,
      credentials: withCookie === true ? 'include' : 'same-origin',
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...withSignal(signal),
    }).catch((error: unknown) => {
      throw signal?.aborted === true ? error : unreachable(error)
    })
    if (!response.ok) throw await errorFromResponse(response)
    return readAnswer<Answer>(response, signal)
  }
}

/** A body that is cut on the way, or is no JSON (a proxy's page), is as if the server could not be reached. */
async function readAnswer<Answer>(response: Response, signal: AbortSignal | undefined): Promise<Answer> {
  try {
    const text = await response.text()
    return (text === '' ? null : JSON.parse(text)) as Answer
  } catch (error) {
    throw signal?.aborted === true ? error : unreachable(error)
  }
}

function withSignal(signal: AbortSignal | undefined): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal }
}

function queryString(query: Record<string, string | number | boolean | undefined>): string {
  const pairs = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') pairs.set(key, String(value))
  }
  return pairs.size === 0 ? '' : `?${pairs.toString()}`
}
