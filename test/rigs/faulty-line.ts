// A line between two programs that can be cut, made slow, or left half open: it takes what is sent and brings nothing.

import { once } from 'node:events'
import { connect, createServer, type AddressInfo, type Socket } from 'node:net'

export interface FaultyLine {
  readonly port: number
  /** The same address by way of this line. */
  through(url: string): string
  /** Ends every connection and takes none. */
  cut(): void
  /** Takes connections and bytes, and brings nothing either way. */
  swallow(): void
  /** Brings every byte so much later. */
  slow(delayMs: number): void
  /** As at the start, for new connections; one that has swallowed bytes stays deaf for good, as behind a router that forgot it. */
  mend(): void
  close(): Promise<void>
}

/** Hands bytes on, in whatever way it likes; one for each connection, from its first byte on. */
export type Filter = (deliver: (bytes: Buffer) => void) => (bytes: Buffer) => void

interface Pair {
  sockets: readonly Socket[]
  isDeaf: boolean
}

type Mode = { name: 'open' } | { name: 'cut' } | { name: 'swallow' } | { name: 'slow'; delayMs: number }

const passOn: Filter = (deliver) => deliver

/** Starts one on a free port, to `targetPort` of this machine; what comes from there goes through `filter`. */
export async function startFaultyLine(targetPort: number, filter: Filter = passOn): Promise<FaultyLine> {
  let mode: Mode = { name: 'open' }
  const pairs = new Set<Pair>()
  const server = createServer((near) => {
    near.on('error', () => undefined)
    if (mode.name === 'cut') {
      near.destroy()
      return
    }
    const far = connect(targetPort, '127.0.0.1')
    far.on('error', () => undefined)
    const pair: Pair = { sockets: [near, far], isDeaf: false }
    pairs.add(pair)
    carry(pair, near, far, passOn)
    carry(pair, far, near, filter)
  })
  const carry = (pair: Pair, from: Socket, to: Socket, through: Filter): void => {
    from.setNoDelay(true)
    const filtered = through((bytes) => {
      if (mode.name === 'swallow') pair.isDeaf = true
      if (pair.isDeaf) return
      if (mode.name === 'slow') setTimeout(() => to.write(bytes), mode.delayMs)
      else to.write(bytes)
    })
    from.on('data', filtered)
    from.on('close', () => {
      pairs.delete(pair)
      // What is still on its way arrives first.
      if (mode.name === 'slow') setTimeout(() => to.destroy(), mode.delayMs)
      else to.destroy()
    })
  }
  const endAll = (): void => {
    for (const { sockets } of pairs) for (const socket of sockets) socket.destroy()
  }
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return {
    port,
    through(url) {
      const changed = new URL(url)
      changed.port = String(port)
      return changed.href
    },
    cut() {
      mode = { name: 'cut' }
      endAll()
    },
    swallow() {
      mode = { name: 'swallow' }
      for (const pair of pairs) pair.isDeaf = true
    },
    slow(delayMs) {
      mode = { name: 'slow', delayMs }
    },
    mend() {
      mode = { name: 'open' }
    },
    async close() {
      endAll()
      server.close()
      await once(server, 'close')
    },
  }
}
