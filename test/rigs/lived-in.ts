// A database in which people have worked: accounts, projects, invitations and texts with every character that a format could stumble over.

import { expect } from 'vitest'
import { password } from './http-app.ts'
import { startWholeApp } from './whole-app.ts'

/** What was put in, to be found again. */
export interface LivedIn {
  email: string
  projectId: string
  markdown: string
  /** Of a script that may read; the newest thing there is, as the version is. */
  apiToken: string
  versionName: string
}

const difficult =
  '# Kiln\n\n- tab\there, backslash \\ and \\n and \\. alone:\n\\.\n- "quotes" \u2028 separators \u2029 \u0085 😀 مرحبا e\u0301\n'

/** Fills a migrated database through the whole application. */
export async function liveIn(databaseUrl: string): Promise<LivedIn> {
  const whole = await startWholeApp({ databaseUrl })
  try {
    const ada = await whole.signUp('Ada')
    const bob = await whole.signUp('Bob')
    const made = await whole.request('/api/projects', { body: { name: 'Tab\t\\\\ "x"', description: 'two\nlines' }, token: ada.token })
    const { id: projectId } = (await made.json()) as { id: string }
    const invited = await whole.request(`/api/projects/${projectId}/invitations`, { body: { role: 'viewer' }, token: ada.token })
    const { token } = (await invited.json()) as { token: string }
    await whole.request(`/api/invitations/${token}/accept`, { method: 'POST', token: bob.token })
    await whole.request(`/api/projects/${projectId}/spec`, { method: 'PUT', body: { markdown: '# Old\n' }, token: ada.token })
    // What follows is in the log, what came before in the snapshot.
    await whole.compact(projectId)
    const put = await whole.request(`/api/projects/${projectId}/spec`, { method: 'PUT', body: { markdown: difficult }, token: ada.token })
    expect(put.status).toBe(200)
    const versionName = 'First\tdraft'
    const named = await whole.request(`/api/projects/${projectId}/versions`, { body: { name: versionName }, token: ada.token })
    expect(named.status).toBe(201)
    const issued = await whole.request('/api/account/tokens', { body: { name: 'Script', scopes: ['read'] }, token: ada.token })
    const { token: apiToken } = (await issued.json()) as { token: string }
    return { email: ada.email, projectId, markdown: difficult, apiToken, versionName }
  } finally {
    await whole.close()
  }
}

/** Signs in with the old password and finds the text, the members and the right to write; in a database that was put back or upgraded. */
export async function expectLivedIn(databaseUrl: string, { email, projectId, markdown }: LivedIn): Promise<void> {
  const whole = await startWholeApp({ databaseUrl })
  try {
    const signedIn = await whole.request('/api/auth/sign-in/email', { body: { email, password } })
    expect(signedIn.status).toBe(200)
    const { token } = (await signedIn.json()) as { token: string }
    expect(await (await whole.request(`/api/projects/${projectId}/spec`, { token })).json()).toMatchObject({ markdown })
    const members = (await (await whole.request(`/api/projects/${projectId}/members`, { token })).json()) as { items: { role: string }[] }
    expect(members.items.map(({ role }) => role)).toEqual(['owner', 'viewer'])
    const changed = await whole.request(`/api/projects/${projectId}/spec`, {
      method: 'PUT',
      body: { markdown: `${markdown}- More.\n` },
      token,
    })
    expect(changed.status).toBe(200)
    expect((await whole.request('/api/projects', { body: { name: 'Next' }, token })).status).toBe(201)
  } finally {
    await whole.close()
  }
}

/** Finds the version and the right of the API token, which older schemas have not. */
export async function expectVersionAndToken(databaseUrl: string, { projectId, markdown, apiToken, versionName }: LivedIn): Promise<void> {
  const whole = await startWholeApp({ databaseUrl })
  try {
    const list = await whole.request(`/api/projects/${projectId}/versions?named=true`, { token: apiToken })
    expect(list.status).toBe(200)
    const { items } = (await list.json()) as { items: { id: string; name: string }[] }
    expect(items.map(({ name }) => name)).toEqual([versionName.replace('\t', ' ')])
    const version = await whole.request(`/api/projects/${projectId}/versions/${items[0]?.id}`, { token: apiToken })
    expect(await version.json()).toMatchObject({ markdown })
  } finally {
    await whole.close()
  }
}
