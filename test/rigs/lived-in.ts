// A database in which people have worked: accounts, projects, invitations and texts with every character that a format could stumble over.

import { expect } from 'vitest'
import { password } from './http-app.ts'
import { startWholeApp } from './whole-app.ts'

/** What was put in, to be found again. */
export interface LivedIn {
  email: string
  projectId: string
  markdown: string
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
    const put = await whole.request(`/api/projects/${projectId}/spec`, { method: 'PUT', body: { markdown: difficult }, token: ada.token })
    expect(put.status).toBe(200)
    return { email: ada.email, projectId, markdown: difficult }
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
