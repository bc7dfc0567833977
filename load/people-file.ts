// The people of an Artillery run as the file that it reads them from: one line a person, each in a document.

import { randomBytes } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { createProjects, signUpPeople } from './people.ts'

/** The columns, by which the scenarios name them. */
export const peopleFields = ['token', 'email', 'password', 'projectId'] as const

export interface PeopleFileOptions {
  serverUrl: string
  people: number
  peoplePerDocument: number
  path: string
}

/** Signs the people up, puts them into documents, and writes the file. */
export async function writePeopleFile({ serverUrl, people, peoplePerDocument, path }: PeopleFileOptions): Promise<void> {
  const password = randomBytes(12).toString('hex')
  const signedUp = await signUpPeople(serverUrl, people, password)
  const groups = Array.from({ length: Math.ceil(people / peoplePerDocument) }, (_, index) =>
    signedUp.slice(index * peoplePerDocument, (index + 1) * peoplePerDocument),
  )
  const projectIds = await createProjects(serverUrl, groups)
  const lines = groups.flatMap((group, index) => group.map(({ token, email }) => [token, email, password, projectIds[index]].join(',')))
  await writeFile(path, `${lines.join('\n')}\n`, { mode: 0o600 })
}
