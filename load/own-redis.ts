// The Redis of a run over several nodes: a process on a free port, ended with the run.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { connect } from 'node:net'
import { findFreePort } from './free-port.ts'

export interface OwnRedis {
  url: string
  port: number
  stop: () => Promise<void>
}

const readyWithinMs = 10_000

/** Starts `redis-server` from PATH; rejects when there is none. */
export async function startRedis(): Promise<OwnRedis> {
  const port = await findFreePort()
  const settings = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
  const child = spawn('redis-server', settings, { stdio: 'ignore', cwd: '/tmp' })
  const failed = once(child, 'error').then(([error]) => Promise.reject(error as Error))
  const stop = async (): Promise<void> => {
    const ended = once(child, 'exit')
    child.kill('SIGTERM')
    await ended
  }
  await Promise.race([untilOpen(port), failed])
  return { url: `redis://127.0.0.1:${port}`, port, stop }
}

async function untilOpen(port: number): Promise<void> {
  const deadlineMs = Date.now() + readyWithinMs
  while (!(await isOpen(port))) {
    if (Date.now() > deadlineMs) throw new Error(`Redis did not open port ${port} within ${readyWithinMs} ms`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

function isOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}
