// The people and projects of a run, made over the HTTP API as anybody would.

import { randomBytes } from 'node:crypto'

export interface Person {
  token: string
  email: string
}

/** Sends JSON with a bearer token, and gives the answer's JSON; waits when it is told to, throws with status and body on any other refusal. */
async function post<Answer>(url: string, body: object, token?: string): Promise<Answer> {
  const headers = { 'content-type': 'application/json', ...(token === undefined ? {} : { authorization: `Bearer ${token}` }) }
  for (;;) {
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.ok) return (await response.json()) as Answer
    const text = await response.text()
    if (response.status !== 429) throw new Error(`POST ${new URL(url).pathname}: ${response.status} ${text}`)
    await new Promise((resolve) => setTimeout(resolve, Number(response.headers.get('retry-after') ?? 1) * 1000))
  }
}

/** Signs `count` new people up, a few at a time; without `password` each has one that nobody knows. */
export async function signUpPeople(serverUrl: string, count: number, password?: string): Promise<Person[]> {
  const run = randomBytes(4).toString('hex')
  return inParallel(count, async (index) => {
    const email = `typist-${run}-${index + 1}@example.com`
    const account = { name: `Typist ${index + 1}`, email, password: password ?? randomBytes(12).toString('hex') }
    const { token } = await post<{ token: string }>(`${serverUrl}/api/auth/sign-up/email`, account)
    return { token, email }
  })
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
