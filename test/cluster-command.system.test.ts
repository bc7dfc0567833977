// `npm run cluster` as a person runs it: what it says is there, and nothing of it is left.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { findFreePort } from '../server/store/postgres-cluster.ts'
import { balancerProgram } from './rigs/balancer.ts'
import { redisProgram } from './rigs/private-redis.ts'

const root = join(import.meta.dirname, '..')

it.runIf(redisProgram && balancerProgram)('[OPS33] starts a cluster, says where everything is, and ends all of it on SIGTERM', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'elenchus-cluster-'))
  await chmod(folder, 0o711)
  const port = await findFreePort()
  const child = spawn(process.execPath, ['test/cluster.ts'], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], PORT: String(port), DATA_DIR: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'exit')
  try {
    await expect.poll(() => output, { timeout: 60_000 }).toContain(`The cluster is ready at http://127.0.0.1:${port}`)
    const nodes = [...output.matchAll(/^node \d +(http:\S+) \(pid (\d+)\)$/gm)].map(([, url = '', pid]) => ({ url, pid: Number(pid) }))
    expect(nodes).toHaveLength(3)
    for (const url of [`http://127.0.0.1:${port}`, ...nodes.map((node) => node.url)]) {
      expect(await (await fetch(`${url}/health/ready`)).json()).toEqual({ status: 'ok', failing: [], degraded: [] })
    }
    child.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    const redisPid = Number(/^Redis .*\(pid (\d+)\)$/m.exec(output)?.[1])
    expect([...nodes.map(({ pid }) => pid), redisPid].filter(isAlive)).toEqual([])
    await expect(fetch(`http://127.0.0.1:${port}/health/live`)).rejects.toThrow('fetch failed')
  } finally {
    child.kill('SIGTERM')
    await ended
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
