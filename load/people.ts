// The people and projects of a run, made over the HTTP API as anybody would.

import { randomBytes } from 'node:crypto'

export interface Person {
  token: string
}

/** Sends JSON with a bearer token, and gives the answer's JSON; throws with status and body on anything but 2xx. */
async function post<Answer>(url: string, body: object, token?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`POST ${new URL(url).pathname}: ${response.status} ${await response.text()}`)
  return (await response.json()) as Answer
}

/** Signs `count` new people up, a few at a time. */
export async function signUpPeople(serverUrl: string, count: number): Promise<Person[]> {
  const run = randomBytes(4).toString('hex')
  return inParallel(count, (index) =>
    post<Person>(`${serverUrl}/api/auth/sign-up/email`, {
      name: `Typist ${index + 1}`,
      email: `typist-${run}-${index + 1}@example.com`,
      password: randomBytes(12).toString('hex'),
    }),
  )
}

/** Makes a project for each list of people, owned by its first, the others joined as editors by one invitation; gives the ids. */
export async function createProjects(serverUrl: string, groups: Person[][]): Promise<string[]> {
  return inParallel(groups.length, async (index) => {
    const [owner, ...others] = groups[index] ?? []
    if (!owner) throw new RangeError(`document ${index} has nobody`)
    const { id } = await post<{ id: string }>(`${serverUrl}/api/projects`, { name: `Load ${index + 1}` }, owner.token)
    if (others.length === 0) return id
    const invitation = await post<{ token: string }>(`${serverUrl}/api/projects/${id}/invitations`, { role: 'editor' }, owner.token)
    for (const { token } of others) await post(`${serverUrl}/api/invitations/${invitation.token}/accept`, {}, token)
    return id
  })
}

/** Runs `task` for 0 to `count` - 1, eight at a time, and gives the results in order; the first failure ends it. */
export async function inParallel<Result>(count: number, task: (index: number) => Promise<Result>): Promise<Result[]> {
  const results: Result[] = []
  let next = 0
  const work = async (): Promise<void> => {
    for (let index = next++; index < count; index = next++) results[index] = await task(index)
  }
  await Promise.all(Array.from({ length: Math.min(8, count) }, work))
  return results
}
