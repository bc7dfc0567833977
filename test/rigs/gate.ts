// A door in front of the nodes, as a load balancer is: it leads to one of them, is shut, and leads to another.

import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface Gate {
  readonly port: number
  /** Where new connections go from now on; null: nowhere. Those that are open are cut. */
  lead(port: number | null): void
  close(): Promise<void>
}

/** Opens it on a free port, leading to `port`. */
export async function openGate(port: number): Promise<Gate> {
  let target: number | null = port
  const open = new Set<Socket>()
  const cut = () => {
    for (const socket of open) socket.destroy()
    open.clear()
  }
  const server = createServer((socket) => {
    if (target === null) {
      socket.destroy()
      return
    }
    const inner = connect(target, '127.0.0.1')
    for (const [one, other] of [
      [socket, inner],
      [inner, socket],
    ] as const) {
      open.add(one)
      one.pipe(other)
      one.on('error', () => other.destroy())
      one.on('close', () => {
        open.delete(one)
        other.destroy()
      })
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    port: (server.address() as AddressInfo).port,
    lead(next) {
      target = next
      cut()
    },
    async close() {
      cut()
      server.close()
      await once(server, 'close')
    },
  }
}
