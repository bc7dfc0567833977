// How long tests on real services wait for what must come: on a busy machine a second, the usual time, says nothing about the code.

import { vi } from 'vitest'

/** As `expect.poll` has it in vitest.config.ts; `vi.waitFor` has no setting there. */
const patienceMs = 10_000

const waitFor = vi.waitFor
vi.waitFor = (callback, options = patienceMs) => waitFor(callback, options)
