// Upgrades that belong to neither door: answered with a 404 instead of being left open.

import type { IncomingMessage, Server } from 'node:http'
import type { Duplex } from 'node:stream'

/** Answers upgrades of all paths that start with none of `known`. */
export function refuseUnknownUpgrades(server: Server, known: readonly string[]): void {
  server.on('upgrade', (request: IncomingMessage, socket: Duplex) => {
    if (known.some((prefix) => request.url?.startsWith(prefix))) return
    socket.on('error', () => socket.destroy())
    socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
}
