// Builds the page ahead of the first start, for an image that is to carry it.

import { createLog } from '../base/log.ts'
import { ensureClientBuilt } from './client-build.ts'

await ensureClientBuilt({ log: createLog('info') })
