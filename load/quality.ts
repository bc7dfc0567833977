// `npm run load:quality`: how long `GET …/quality` takes for a large spec, on a server that has it open and on one that has never seen it, and how soon an edit is told.

import { randomBytes } from 'node:crypto'
import { parseArgs } from 'node:util'
import { io } from 'socket.io-client'
import { Latency } from './latency.ts'
import { madeUpSpec } from './made-up-spec.ts'
import { startOwnServer } from './own-server.ts'
import { createProjects, inParallel, signUpPeople, type Person } from './people.ts'

const usage = `npm run load:quality [-- --items 1000 --projects 20 --rounds 20]

  --items     items of each spec, spread over the categories
  --projects  specs; each is read cold once
  --rounds    how often each is read warm
Exits with 1 when a 95th percentile is above 200 ms.`
const boundMs = 200

async function send(url: string, { token }: Person, body?: string): Promise<string> {
  const response = await fetch(url, {
    headers: { authorization: `Bearer ${token}`, ...(body === undefined ? {} : { 'content-type': 'text/markdown' }) },
    ...(body === undefined ? {} : { method: 'PUT', body }),
  })
  const text = await response.text()
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`)
  return text
}

async function timed(latency: Latency, url: string, person: Person): Promise<string> {
  const start = performance.now()
  const text = await send(url, person)
  latency.record(performance.now() - start)
  return text
}

/** From an edit being sent until everyone is told the new quality: items are added one by one, and a listener hears of each. */
async function timeTold(
  latency: Latency,
  { url, id, person, edits }: { url: string; id: string; person: Person; edits: number },
): Promise<void> {
  const socket = io(url, { transports: ['websocket'], auth: { token: person.token }, forceNew: true })
  try {
    let hear: () => void = () => undefined
    socket.on('quality', () => hear())
    await socket.emitWithAck('project:join', { projectId: id })
    for (let edit = 0; edit < edits; edit++) {
      const told = new Promise<number>((resolve) => {
        hear = () => resolve(performance.now())
      })
      const body = JSON.stringify({ category: 'goals', text: `The visitor finds hall ${edit} of ${edits}` })
      const headers = { authorization: `Bearer ${person.token}`, 'content-type': 'application/json' }
      const start = performance.now()
      const response = await fetch(`${url}/api/projects/${id}/items`, { method: 'POST', headers, body })
      if (!response.ok) throw new Error(`POST items: ${response.status} ${await response.text()}`)
      latency.record((await told) - start)
    }
  } finally {
    socket.close()
  }
}

function report(name: string, latency: Latency): boolean {
  const { count, p50Ms, p95Ms, maxMs } = latency.percentiles()
  const cells = [p50Ms, p95Ms, maxMs].map((ms) => ms.toFixed(1).padStart(8)).join(' ')
  process.stdout.write(`${name.padEnd(44)} ${String(count).padStart(6)} ${cells}\n`)
  return p95Ms <= boundMs
}

async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      items: { type: 'string', default: '1000' },
      projects: { type: 'string', default: '20' },
      rounds: { type: 'string', default: '20' },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const [items, projects, rounds] = [Number(values.items), Number(values.projects), Number(values.rounds)]
  const settings = { AUTH_SECRET: randomBytes(32).toString('hex'), REQUESTS_PER_SECOND: '100000', REQUESTS_BURST: '100000' }
  const writing = await startOwnServer(settings)
  try {
    const [person] = await signUpPeople(writing.url, 1)
    if (!person) throw new Error('nobody signed up')
    const ids = await createProjects(
      writing.url,
      Array.from({ length: projects }, () => [person]),
    )
    const at = (url: string, id: string, what: string) => `${url}/api/projects/${id}/${what}`
    await inParallel(ids.length, (index) => send(at(writing.url, ids[index] ?? '', 'spec'), person, madeUpSpec(items, index)))
    for (const id of ids) await send(at(writing.url, id, 'quality'), person)

    const [cold, warm, paths, told] = [new Latency(), new Latency(), new Latency(), new Latency()]
    const other = await startOwnServer({ ...settings, DATABASE_URL: await writing.databaseUrl() })
    try {
      // The session is looked up once a server: that is no part of it.
      await send(`${other.url}/api/projects`, person)
      for (const id of ids) {
        const { items: counted } = JSON.parse(await timed(cold, at(other.url, id, 'quality'), person)) as { items: { total: number } }
        if (counted.total !== items) throw new Error(`${counted.total} items are counted, not ${items}`)
      }
      for (let round = 0; round < rounds; round++) {
        for (const id of ids) {
          await timed(warm, at(writing.url, id, 'quality'), person)
          await timed(paths, at(writing.url, id, 'quality/paths?goal=advance'), person)
        }
      }
    } finally {
      await other.stop()
    }
    await timeTold(told, { url: writing.url, id: ids[0] ?? '', person, edits: 100 })
    process.stdout.write(`${`${projects} specs of ${items} items`.padEnd(44)}  reads   p50 ms   p95 ms   max ms\n`)
    const kept = [
      report('GET …/quality, cold: a server without it', cold),
      report('GET …/quality, warm', warm),
      report('GET …/quality/paths, warm', paths),
      report('from an edit sent to the event `quality`', told),
    ]
    return kept.every(Boolean) ? 0 : 1
  } finally {
    await writing.stop()
  }
}

process.exitCode = await main()
