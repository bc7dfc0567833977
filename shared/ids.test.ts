// Ids as they are recognised at a door.

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { isProjectId } from './ids.ts'

describe('a project id', () => {
  it('is a UUID in its canonical form, and nothing else reaches the database', () => {
    expect(isProjectId(randomUUID())).toBe(true)
    const id = randomUUID()
    for (const other of [
      id.toUpperCase().replace('4', 'A'),
      `${id} `,
      `{${id}}`,
      id.replaceAll('-', ''),
      `${id}\n`,
      "' or 1=1 --",
      '',
      null,
      5,
      [id],
    ]) {
      expect(isProjectId(other)).toBe(false)
    }
  })
})
