// The rig refuses to be used where no PostgreSQL was started for it.

import { expect, it } from 'vitest'
import { freshDatabase } from './private-postgres.ts'

it('[PG40] a test file without the suffix is told to take it', async () => {
  await expect(freshDatabase()).rejects.toThrow(/private-postgres\.test\.ts needs PostgreSQL: name it \.pg\.test\.ts/)
})
