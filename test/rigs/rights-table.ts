// Who may ask for what: one line a route of the API and one an event, which the matrix tests hold the server to.

import type { Right, Role } from '../../shared/domain/roles.ts'
import type { ClientEvents } from '../../shared/wire/events.ts'

/** Ids that a request of the matrix may name. */
export interface SceneIds {
  projectId: string
  /** Somebody in the project who asks for nothing. */
  bystanderId: string
  invitationId: string
  invitationToken: string
  versionId: string
  conflictId: string
  itemId: string
  /** Somebody's own words, which are at their end. */
  messageId: string
  proposalId: string
}

export interface RouteRule {
  /** `anybody`: without a session too. `signed in`: whoever has one. Else the right that one needs in the project. */
  needs: 'anybody' | 'signed in' | Right
  /** A body that fits; without one none is sent. */
  body?: (ids: SceneIds) => unknown
  /** Parameters of the path beside the ids of the scene. */
  params?: Record<string, string>
}

const write = { markdown: '# Requirements\n' }

/** By method and path as the description has them. A route that is missing fails the tests. */
export const routeRules: Record<string, RouteRule> = {
  'GET /health/live': { needs: 'anybody' },
  'GET /health/ready': { needs: 'anybody' },
  // Open on loopback only; its own rule has tests of its own.
  'GET /metrics': { needs: 'anybody' },
  'GET /api/openapi.json': { needs: 'anybody' },
  'GET /api/docs': { needs: 'anybody' },
  'POST /api/auth/sign-up/email': {
    needs: 'anybody',
    body: () => ({ name: 'New', email: `${Math.random()}@example.org`, password: 'long enough' }),
  },
  'POST /api/auth/sign-in/email': { needs: 'anybody', body: () => ({ email: 'nobody@example.org', password: 'long enough' }) },
  'POST /api/auth/sign-out': { needs: 'anybody', body: () => ({}) },
  'GET /api/auth/get-session': { needs: 'anybody' },
  'POST /api/auth/revoke-sessions': { needs: 'signed in', body: () => ({}) },
  'POST /api/auth/revoke-other-sessions': { needs: 'signed in', body: () => ({}) },
  'GET /api/account': { needs: 'signed in' },
  'PATCH /api/account': { needs: 'signed in', body: () => ({ name: 'Renamed' }) },
  'POST /api/account/password': { needs: 'signed in', body: () => ({ currentPassword: 'x', newPassword: 'x' }) },
  'GET /api/account/sessions': { needs: 'signed in' },
  'DELETE /api/account/sessions': { needs: 'signed in' },
  'DELETE /api/account/sessions/{sessionId}': { needs: 'signed in' },
  'GET /api/account/deletion': { needs: 'signed in' },
  'POST /api/account/deletion': { needs: 'signed in', body: () => ({ password: '' }) },
  'GET /api/account/tokens': { needs: 'signed in' },
  'POST /api/account/tokens': { needs: 'signed in', body: () => ({ name: 'Script', scopes: ['read'] }) },
  'DELETE /api/account/tokens/{tokenId}': { needs: 'signed in' },
  'GET /api/password-resets': { needs: 'anybody' },
  'POST /api/password-resets': { needs: 'anybody', body: () => ({ email: 'nobody@example.org' }) },
  'GET /api/password-resets/{token}': { needs: 'anybody' },
  'POST /api/password-resets/{token}': { needs: 'anybody', body: () => ({ password: 'long enough' }) },
  'POST /api/projects/{projectId}/members/{userId}/password-reset': { needs: 'administer' },
  'GET /api/account/audit': { needs: 'signed in' },
  'GET /api/projects': { needs: 'signed in' },
  'POST /api/projects': { needs: 'signed in', body: () => ({ name: 'Mine' }) },
  'GET /api/projects/{projectId}': { needs: 'read' },
  'PATCH /api/projects/{projectId}': { needs: 'administer', body: () => ({ name: 'Renamed' }) },
  'DELETE /api/projects/{projectId}': { needs: 'administer' },
  'GET /api/projects/{projectId}/audit': { needs: 'administer' },
  'GET /api/projects/{projectId}/members': { needs: 'read' },
  'PATCH /api/projects/{projectId}/members/{userId}': { needs: 'administer', body: () => ({ role: 'commenter' }) },
  'DELETE /api/projects/{projectId}/members/{userId}': { needs: 'administer' },
  'GET /api/projects/{projectId}/invitations': { needs: 'administer' },
  'POST /api/projects/{projectId}/invitations': { needs: 'invite', body: () => ({ role: 'viewer' }) },
  'DELETE /api/projects/{projectId}/invitations/{invitationId}': { needs: 'administer' },
  'GET /api/invitations/{token}': { needs: 'anybody' },
  'POST /api/invitations/{token}/accept': { needs: 'signed in' },
  'GET /api/projects/{projectId}/proposals': { needs: 'read' },
  'POST /api/projects/{projectId}/proposals/accept-all': { needs: 'write' },
  'POST /api/projects/{projectId}/proposals/{proposalId}/accept': { needs: 'write', body: () => ({}) },
  'POST /api/projects/{projectId}/proposals/{proposalId}/reject': { needs: 'write' },
  'GET /api/projects/{projectId}/learning': { needs: 'read' },
  'PATCH /api/projects/{projectId}/learning': { needs: 'answer', body: () => ({ roles: ['DevOps engineer'] }) },
  'DELETE /api/projects/{projectId}/learning': { needs: 'read' },
  'GET /api/projects/{projectId}/messages': { needs: 'read' },
  'POST /api/projects/{projectId}/messages': { needs: 'answer', body: () => ({ text: 'Fifty people', requestId: `${Math.random()}` }) },
  'POST /api/projects/{projectId}/questions': { needs: 'answer', body: () => ({ requestId: `${Math.random()}` }) },
  'POST /api/projects/{projectId}/messages/{messageId}/stop': { needs: 'answer' },
  'POST /api/projects/{projectId}/messages/{messageId}/retry': { needs: 'answer' },
  'POST /api/projects/{projectId}/messages/{messageId}/continue': { needs: 'answer' },
  'POST /api/projects/{projectId}/messages/{messageId}/skip': { needs: 'answer' },
  'PATCH /api/projects/{projectId}/interview': { needs: 'write', body: () => ({ mode: 'direct' }) },
  'GET /api/projects/{projectId}/model': { needs: 'read' },
  'PUT /api/projects/{projectId}/model': { needs: 'administer', body: () => ({ model: 'builtin' }) },
  'GET /api/projects/{projectId}/events': { needs: 'read' },
  'GET /api/projects/{projectId}/activity': { needs: 'read' },
  'GET /api/projects/{projectId}/conflicts': { needs: 'read' },
  'GET /api/projects/{projectId}/conflicts/{conflictId}': { needs: 'read' },
  'POST /api/projects/{projectId}/conflicts/{conflictId}/resolve': {
    needs: 'write',
    body: () => ({ resolution: 'ignore', revision: 1 }),
  },
  'GET /api/projects/{projectId}/quality': { needs: 'read' },
  'GET /api/projects/{projectId}/quality/paths': { needs: 'read' },
  'GET /api/projects/{projectId}/quality/tables': { needs: 'read' },
  'PATCH /api/projects/{projectId}/quality/tables': { needs: 'administer', body: () => ({ targets: { goals: 9 } }) },
  'POST /api/projects/{projectId}/phase': { needs: 'write', body: () => ({ to: 'analysis' }) },
  'POST /api/projects/{projectId}/notices/{noticeId}/dismiss': { needs: 'write', params: { noticeId: 'conflicts' } },
  'GET /api/projects/{projectId}/spec': { needs: 'read' },
  'PUT /api/projects/{projectId}/spec': { needs: 'write', body: () => write },
  'GET /api/projects/{projectId}/spec/blame': { needs: 'read' },
  'GET /api/projects/{projectId}/items': { needs: 'read' },
  'POST /api/projects/{projectId}/items': { needs: 'write', body: () => ({ category: 'goals', text: 'Ship by May' }) },
  'GET /api/projects/{projectId}/items/{item}': { needs: 'read' },
  'PATCH /api/projects/{projectId}/items/{item}': { needs: 'write', body: () => ({ confirmed: true }) },
  'DELETE /api/projects/{projectId}/items/{item}': { needs: 'write' },
  'GET /api/projects/{projectId}/versions': { needs: 'read' },
  'POST /api/projects/{projectId}/versions': { needs: 'write', body: () => ({ name: 'Signed' }) },
  'GET /api/projects/{projectId}/versions/{versionId}': { needs: 'read' },
  'PATCH /api/projects/{projectId}/versions/{versionId}': { needs: 'write', body: () => ({ name: 'Draft' }) },
  'DELETE /api/projects/{projectId}/versions/{versionId}': { needs: 'administer' },
  'GET /api/projects/{projectId}/versions/{versionId}/diff': { needs: 'read' },
  'POST /api/projects/{projectId}/versions/{versionId}/restore': { needs: 'write' },
  'GET /api/projects/{projectId}/export': { needs: 'read' },
  'POST /api/projects/{projectId}/import': { needs: 'write', body: () => write },
  'POST /api/projects/{projectId}/spec/rebuild': { needs: 'administer', body: () => write },
}

/** What an event needs in the project that it names. */
export const eventRules = {
  'project:join': { needs: 'read' },
  'project:leave': { needs: 'anybody' },
  // An update; a reader's other messages are no writes.
  yjs: { needs: 'write' },
  'version:restore': { needs: 'write' },
  'conflict:resolve': { needs: 'write' },
  'interview:ask': { needs: 'answer' },
  'interview:say': { needs: 'answer' },
  'interview:stop': { needs: 'answer' },
  'interview:skip': { needs: 'answer' },
  'interview:mode': { needs: 'write' },
  'interview:resume': { needs: 'read' },
} as const satisfies Record<keyof ClientEvents, { needs: 'anybody' | Right }>

/** Everyone who asks: each role, someone signed in who is not in the project, and nobody. */
export const askers = ['owner', 'editor', 'commenter', 'viewer', 'stranger', 'nobody'] as const satisfies readonly (
  | Role
  | 'stranger'
  | 'nobody'
)[]
export type AskerName = (typeof askers)[number]
