// `npm run load:outage -- --seconds 60`: three nodes whose Redis is away while people type on all of them, and what that costs.

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { loadavg, tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../server/base/log.ts'
import { EmbeddedPostgres } from '../server/store/embedded-postgres.ts'
import { startClusterNodes, type ClusterNodes } from './rigs/cluster-nodes.ts'
import { missingWords, type Peer } from './rigs/peer.ts'
import { enterBySocketio, enterByYjs } from './rigs/peer-lines.ts'
import { readSpec } from './rigs/people.ts'
import { startRedis } from './rigs/private-redis.ts'
import { readMetric } from './rigs/server-metrics.ts'
import { startProject } from './rigs/typists.ts'

const usage = `npm run load:outage -- [options]
  --seconds 60   how long Redis is away
  --people 12    how many type, over all three nodes and both doors
  --rate 5       words a second from each`

const nodeCount = 3
const aroundMs = 5_000
const levelWithinMs = 3_000
const giveUpMs = 30_000

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '60' },
    people: { type: 'string', default: '12' },
    rate: { type: 'string', default: '5' },
    help: { type: 'boolean', default: false },
  },
})
const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))
const say = (line: string): void => void process.stdout.write(`${line}\n`)
const mebibytes = (bytes: number): string => `${Math.round(bytes / 2 ** 20)} MB`

/** How long the acks of one stretch of time took. */
class AckTimes {
  readonly #timesMs: number[] = []

  add(timeMs: number): void {
    this.#timesMs.push(timeMs)
  }

  /** How many, and how long they took. */
  get summary(): string {
    const sorted = this.#timesMs.toSorted((one, other) => one - other)
    const at = (share: number): string => (sorted[Math.ceil(sorted.length * share) - 1] ?? 0).toFixed(1)
    return `${sorted.length} acks, p50 ${at(0.5)}  p95 ${at(0.95)}  max ${at(1)} ms`
  }
}

/** Types word after word until `isOver`. */
async function type(peer: Peer, who: number, everyMs: number, stage: { acks: AckTimes; isOver: boolean }): Promise<void> {
  for (let index = 0; !stage.isOver; index++) {
    await sleep(everyMs * (0.5 + Math.random()))
    const { acks } = stage
    const startMs = performance.now()
    await peer.typeWord(`p${who}w${index}`)
    acks.add(performance.now() - startMs)
  }
}

async function until(isMet: () => boolean | Promise<boolean>): Promise<number> {
  const startMs = performance.now()
  while (!(await isMet()) && performance.now() - startMs < giveUpMs) await sleep(10)
  return performance.now() - startMs
}

const metricOf = (nodes: ClusterNodes, name: string): Promise<number[]> => Promise.all(nodes.nodes.map(({ url }) => readMetric(url, name)))
const residentOf = async (nodes: ClusterNodes): Promise<number> => Math.max(...(await metricOf(nodes, 'process_resident_memory_bytes')))

async function measure(nodes: ClusterNodes, redis: Awaited<ReturnType<typeof startRedis>>): Promise<boolean> {
  const { projectId, owner, people } = await startProject(nodes.node(0).url)
  const peers = await Promise.all(
    Array.from({ length: Number(values.people) }, async (_, index) => {
      const entry = { serverUrl: nodes.node(index % nodeCount).url, projectId, token: people[index % people.length]?.token ?? '' }
      return (await (index % 2 === 0 ? enterBySocketio(entry) : enterByYjs(entry))).peer
    }),
  )
  const stage = { acks: new AckTimes(), isOver: false }
  const typing = peers.map((peer, who) => type(peer, who, 1_000 / Number(values.rate), stage))
  await sleep(aroundMs)
  say(`before      ${stage.acks.summary}, the largest node ${mebibytes(await residentOf(nodes))}`)
  await redis.kill()
  stage.acks = new AckTimes()
  const endMs = performance.now() + Number(values.seconds) * 1_000
  let highest = 0
  while (performance.now() < endMs) {
    await sleep(500)
    highest = Math.max(highest, await residentOf(nodes))
  }
  say(`without     ${stage.acks.summary}, the largest node ${mebibytes(highest)} at most`)
  stage.isOver = true
  await Promise.all(typing)
  const isLevel = () => new Set(peers.map(({ text }) => text.toString())).size === 1
  const wasLevel = isLevel()
  const dropped = (await metricOf(nodes, 'elenchus_bus_dropped_total')).reduce((sum, count) => sum + count, 0)
  await redis.start()
  const backMs = await until(async () => Math.min(...(await metricOf(nodes, 'elenchus_redis_up'))) === 1)
  const levelMs = await until(isLevel)
  const acked = peers.flatMap((peer) => [...peer.acked])
  const lost = peers
    .flatMap(({ text }) => missingWords(text.toString(), acked))
    .concat(missingWords(await readSpec(owner, projectId), acked))
  say(`messages    ${dropped} not sent; the texts ${wasLevel ? 'were all the same' : 'differed'}`)
  say(`back        all nodes have Redis ${backMs.toFixed(0)} ms after its start, and one text ${levelMs.toFixed(0)} ms after that`)
  say(`words       ${acked.length} acked, ${lost.length} of them missing anywhere; the largest node ${mebibytes(await residentOf(nodes))}`)
  for (const peer of peers) peer.close()
  return lost.length === 0 && !wasLevel && levelMs <= levelWithinMs
}

async function main(): Promise<number> {
  if (values.help) {
    say(usage)
    return 0
  }
  const dataDir = await mkdtemp(join(tmpdir(), 'elenchus-outage-'))
  // Open to the user that PostgreSQL runs as under root.
  await chmod(dataDir, 0o755)
  const postgres = new EmbeddedPostgres({ dataDir, log: createLog('warn') })
  const redis = await startRedis()
  try {
    await postgres.start()
    const nodes = await startClusterNodes({ databaseUrl: postgres.url, redisUrl: redis.url, size: nodeCount })
    try {
      say(`run         ${values.people} people on ${nodeCount} nodes, ${values.rate} words/s each, Redis away for ${values.seconds} s`)
      say(`machine     load average ${loadavg()[0]?.toFixed(1)} before the run`)
      return (await measure(nodes, redis)) ? 0 : 1
    } finally {
      await nodes.stop()
    }
  } finally {
    await redis.stop()
    await postgres.stop()
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
}

process.exit(await main())
