// Which tests there are: the suffix says what a file needs, and only what the chosen files need is started.

import { defineConfig } from 'vitest/config'

/** What a person would wait for without noticing takes longer where everything runs at once; see test/rigs/patience-setup.ts. */
const patience = { poll: { timeout: 10_000 } }

const ignored = ['**/node_modules/**', 'client/dist/**', '.data/**']

/** What a browser is driven through. */
const pages = 'test/page*.system.test.ts'

/** PostgreSQL refuses to be root, and only root can start it as somebody else: the others have nothing to try there. */
const forRoot = process.getuid?.() === 0 ? [] : ['server/store/postgres-account.pg.test.ts']

export default defineConfig({
  test: {
    // Two cores are the machine this is measured on; more workers make time-outs, not speed.
    maxWorkers: 2,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['**/*.test.{ts,tsx}'],
          exclude: [...ignored, '**/*.pg.test.ts', '**/*.redis.test.ts', '**/*.system.test.ts'],
        },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: ['**/*.pg.test.ts'],
          setupFiles: ['test/rigs/api-contract-setup.ts', 'test/rigs/patience-setup.ts'],
          exclude: [...ignored, ...forRoot],
          expect: patience,
          globalSetup: ['test/rigs/postgres-global-setup.ts'],
          // A PostgreSQL of a test's own takes 1 s to make, and several times that on a busy machine.
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'redis',
          include: ['**/*.redis.test.ts'],
          setupFiles: ['test/rigs/patience-setup.ts'],
          exclude: ignored,
          expect: patience,
          testTimeout: 60_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'page',
          include: [pages],
          setupFiles: ['test/rigs/api-contract-setup.ts', 'test/rigs/patience-setup.ts'],
          exclude: ignored,
          globalSetup: ['test/rigs/postgres-global-setup.ts'],
          expect: patience,
          // Two at a time: most of it is waiting for what a person would see.
          testTimeout: 120_000,
          hookTimeout: 60_000,
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['**/*.system.test.ts'],
          setupFiles: ['test/rigs/api-contract-setup.ts', 'test/rigs/patience-setup.ts'],
          exclude: [...ignored, pages],
          globalSetup: ['test/rigs/postgres-global-setup.ts'],
          expect: patience,
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // One at a time: each starts a server, often several, and measures by the clock.
          fileParallelism: false,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
})
