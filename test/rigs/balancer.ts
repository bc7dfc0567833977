// HAProxy in front of nodes on this machine, with the settings of deploy/haproxy.cfg.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { findProgram } from './program-on-path.ts'

export interface Balancer {
  readonly url: string
  stop(): Promise<void>
}

/** The program, or undefined where there is none. */
export const balancerProgram = findProgram('haproxy')

const settingsFile = new URL('../../deploy/haproxy.cfg', import.meta.url)
const readyTimeoutMs = 15_000

/** Starts it on `port` and waits until a node behind it answers. */
export async function startBalancer({ port, nodePorts }: { port: number; nodePorts: readonly number[] }): Promise<Balancer> {
  if (balancerProgram === undefined) throw new Error('there is no haproxy on this machine')
  const folder = await mkdtemp(join(tmpdir(), 'elenchus-balancer-'))
  const file = join(folder, 'haproxy.cfg')
  await writeFile(file, settingsFor(await readFile(settingsFile, 'utf8'), port, nodePorts))
  const child = spawn(balancerProgram, ['-db', '-f', file], { stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()))
  const ended = once(child, 'exit')
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      child.kill('SIGTERM')
      await ended
    }
    await rm(folder, { recursive: true, force: true })
  }
  const url = `http://127.0.0.1:${port}`
  const endMs = performance.now() + readyTimeoutMs
  while (!(await answers(`${url}/health/ready`))) {
    if (child.exitCode === null && performance.now() < endMs) {
      await wait(50)
      continue
    }
    await stop()
    throw new Error(`HAProxy brings nobody to a node:\n${output}`)
  }
  return { url, stop }
}

/** The deployed settings, with addresses of this machine in the place of names that only Docker knows. */
function settingsFor(deployed: string, port: number, nodePorts: readonly number[]): string {
  const servers = nodePorts.map((nodePort, index) => `    server node${index + 1} 127.0.0.1:${nodePort}`).join('\n')
  const changes: [RegExp, string][] = [
    // A shell gives fewer files than a container.
    [/^ +maxconn 20000$/m, '    maxconn 2000'],
    [/^resolvers docker\n(?: .*\n)+/m, ''],
    [/^ +bind :8080$/m, `    bind 127.0.0.1:${port}`],
    [/ resolvers docker init-addr none$/m, ''],
    [/^ +server-template .*$/m, servers],
  ]
  return changes.reduce((text, [pattern, replacement]) => {
    if (!pattern.test(text)) throw new Error(`deploy/haproxy.cfg has nothing like ${pattern.source}`)
    return text.replace(pattern, replacement)
  }, deployed)
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(url)).ok
  } catch {
    return false
  }
}
