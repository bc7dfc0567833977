// Which tests there are: the suffix says what a file needs, and only what the chosen files need is started.

import { defineConfig } from 'vitest/config'

const ignored = ['**/node_modules/**', 'client/dist/**', '.data/**']

export default defineConfig({
  test: {
    // Two cores are the machine this is measured on; more workers make time-outs, not speed.
    maxWorkers: 2,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['**/*.test.{ts,tsx}'], exclude: [...ignored, '**/*.pg.test.ts', '**/*.system.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'pg',
          include: ['**/*.pg.test.ts'],
          exclude: ignored,
          globalSetup: ['test/rigs/postgres-global-setup.ts'],
          testTimeout: 20_000,
          hookTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          name: 'system',
          include: ['**/*.system.test.ts'],
          exclude: ignored,
          globalSetup: ['test/rigs/postgres-global-setup.ts'],
          testTimeout: 120_000,
          hookTimeout: 60_000,
          // One at a time: each starts a server, often a browser, and measures by the clock.
          fileParallelism: false,
        },
      },
    ],
  },
})
