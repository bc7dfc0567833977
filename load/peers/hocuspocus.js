// A Hocuspocus server without persistence, as its documentation starts one; with REDIS_PORT, one node of several.

import { Redis } from '@hocuspocus/extension-redis'
import { Server } from '@hocuspocus/server'

const { PORT, REDIS_PORT } = process.env
const extensions = REDIS_PORT ? [new Redis({ host: '127.0.0.1', port: Number(REDIS_PORT) })] : []
const server = new Server({ address: '127.0.0.1', port: Number(PORT), quiet: true, extensions })
await server.listen()
process.stdout.write(`ready at http://127.0.0.1:${PORT}\n`)
