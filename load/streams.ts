// `npm run load:streams`: many answers of a model at once, each read by many people, while others type in other documents; and one that comes in a burst.

import { randomUUID } from 'node:crypto'
import { parseArgs } from 'node:util'
import { Crowd } from './crowd.ts'
import { GeneratorHealth } from './generator-health.ts'
import { Latency } from './latency.ts'
import { machineLine } from './machine-line.ts'
import { startOwnServer, startProgram, type OwnServer } from './own-server.ts'
import { setOwnStage } from './own-stage.ts'
import { createProjects, inParallel, signUpPeople, type Person } from './people.ts'
import { parseSettings } from './setting-argument.ts'
import { StreamReader, type ReadMessage } from './stream-reader.ts'
import { parseTypingOptions } from './typing-options.ts'

const usage = `npm run load:streams -- [options]
  --streams 50      answers under way at once, each in a project of its own
  --viewers 20      people who read each
  --rate 100        tokens a second of each
  --tokens 1000     tokens of each
  --typists 50      people who type in ten other documents, five characters a second each
  --idle 8          seconds in which only they do something, for comparison
  --burst 10000     tokens of one answer that come all at once
  --set NAME=value  a setting of the server; may be repeated`

const { values } = parseArgs({
  options: {
    streams: { type: 'string', default: '50' },
    viewers: { type: 'string', default: '20' },
    rate: { type: 'string', default: '100' },
    tokens: { type: 'string', default: '1000' },
    typists: { type: 'string', default: '50' },
    idle: { type: 'string', default: '8' },
    burst: { type: 'string', default: '10000' },
    set: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
})

/** What is measured has to stay within. */
const bounds = { framesPerSecond: 35, firstSpreadMs: 50, typingTimes: 1.5, bytesPerCharacter: 3 }
const accounts = 5
const typingDocuments = 10
const endWithinMs = 120_000

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))
const say = (name: string, text: string): void => void process.stdout.write(`${name.padEnd(12)}${text}\n`)

/** A project whose answers are read. */
interface Stream {
  projectId: string
  owner: Person
  readers: StreamReader[]
}

async function send(server: OwnServer, { owner, projectId }: Stream, method: string, path: string, body: object): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${owner.token}` }
  const response = await fetch(`${server.url}/api/projects/${projectId}/${path}`, { method, headers, body: JSON.stringify(body) })
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`)
}

async function openStreams(server: OwnServer): Promise<Stream[]> {
  const people = await signUpPeople(server.url, accounts)
  const owner = people[0]
  if (!owner) throw new RangeError('nobody signed up')
  const projectIds = await createProjects(
    server.url,
    Array.from({ length: Number(values.streams) }, () => people),
  )
  return inParallel(projectIds.length, async (index) => {
    const projectId = projectIds[index] ?? ''
    const stream: Stream = { projectId, owner, readers: [] }
    await send(server, stream, 'PATCH', 'interview', { mode: 'direct' })
    for (let reader = 0; reader < Number(values.viewers); reader++) {
      const { token } = people[reader % people.length] ?? owner
      stream.readers.push(await StreamReader.open({ serverUrl: server.url, projectId, token }))
    }
    return stream
  })
}

/** Says something in a project, and gives what each of its readers got of the answer. */
async function answered(server: OwnServer, stream: Stream, text: string): Promise<ReadMessage[]> {
  const before = new Set(stream.readers.flatMap(({ messages }) => [...messages.keys()]))
  await send(server, stream, 'POST', 'messages', { text, requestId: randomUUID() })
  const deadlineMs = performance.now() + endWithinMs
  for (;;) {
    const got = stream.readers.map(({ messages }) => [...messages].find(([id]) => !before.has(id))?.[1])
    if (got.every((message) => message?.finishedAs !== undefined)) return got.filter((message) => message !== undefined)
    if (performance.now() > deadlineMs) throw new Error(`an answer had not ended for all who read it within ${endWithinMs} ms`)
    await sleep(20)
  }
}

const isRight = (messages: readonly ReadMessage[]): boolean =>
  messages.every(({ text, finishedAs, isWhole }) => isWhole && text === finishedAs && text === messages[0]?.text)

/** The typists' time to every screen: while nothing else happens, and until `work` is done. */
async function besideTyping<Result>(server: OwnServer, work: () => Promise<Result>) {
  const options = { ...parseTypingOptions([]), people: Number(values.typists), documents: typingDocuments, accounts: typingDocuments }
  const stage = await setOwnStage([server.url], [server.pid], options)
  const crowd = new Crowd(stage.seats, options.rate)
  await inParallel(stage.seats.length, async (index) => crowd.attach(index, await stage.open(index, crowd.handlersOf(index))))
  crowd.startTyping()
  await sleep(2_000)
  crowd.beginMeasuring()
  await sleep(Number(values.idle) * 1_000)
  const idle = crowd.propagation.percentiles()
  crowd.beginMeasuring()
  const health = new GeneratorHealth()
  health.begin()
  const result = await work()
  const generator = health.end()
  const busy = crowd.propagation.percentiles()
  crowd.stopTyping()
  await sleep(1_000)
  const { unseen } = crowd.progress()
  crowd.close()
  return { result, idle, busy, generator, unseen }
}

function framesPerSecond({ frames, firstAtMs, lastAtMs }: ReadMessage): number {
  return (frames * 1_000) / Math.max(1, lastAtMs - firstAtMs)
}

async function measure(server: OwnServer): Promise<boolean> {
  const streams = await openStreams(server)
  const { result, idle, busy, generator, unseen } = await besideTyping(server, () =>
    Promise.all(
      streams.map(async (stream) => {
        await sleep(1_000 * Math.random())
        return answered(server, stream, `Write ${values.tokens} tokens at ${values.rate} a second.`)
      }),
    ),
  )
  const spread = new Latency()
  for (const messages of result) {
    const firsts = messages.map(({ firstAtMs }) => firstAtMs)
    spread.record(Math.max(...firsts) - Math.min(...firsts))
  }
  const rates = result.flat().map(framesPerSecond)
  const highest = Math.max(...rates)
  const seconds = Math.max(...result.flat().map(({ firstAtMs, lastAtMs }) => (lastAtMs - firstAtMs) / 1_000))
  const [first] = streams
  if (!first) throw new RangeError('there is no stream')
  const burst = await answered(server, first, `Write ${values.burst} tokens at 0 a second.`)
  const perCharacter = Math.max(...burst.map(({ bytes, text }) => bytes / text.length))
  const times = busy.p95Ms / idle.p95Ms
  const areRight = [...result, burst].every(isRight)
  const { p50Ms, p95Ms, maxMs } = spread.percentiles()
  say(
    'texts',
    `${areRight ? 'the same' : 'NOT the same'} for all ${result.flat().length + burst.length} readings; the longest took ${seconds.toFixed(1)} s`,
  )
  say('frames', `${(rates.reduce((sum, rate) => sum + rate, 0) / rates.length).toFixed(1)}/s to a reader, ${highest.toFixed(1)}/s at most`)
  say('first words', `from the first reader to the last p50 ${p50Ms.toFixed(1)}  p95 ${p95Ms.toFixed(1)}  max ${maxMs.toFixed(1)} ms`)
  say(
    'typing',
    `p50 / p95 to every screen ${idle.p50Ms.toFixed(1)} / ${idle.p95Ms.toFixed(1)} ms alone, ${busy.p50Ms.toFixed(1)} / ${busy.p95Ms.toFixed(1)} beside the streams (x${times.toFixed(2)}); ${unseen} not seen`,
  )
  say('burst', `${burst[0]?.text.length} characters, ${perCharacter.toFixed(2)} bytes a character, in ${burst[0]?.frames} frames`)
  say(
    'generator',
    `loop busy ${Math.round(generator.utilization * 100)} %, late p99 ${generator.delayP99Ms.toFixed(1)} ms${generator.isFit ? '' : ': it could not keep up, and the times are its own'}`,
  )
  const isKept =
    highest <= bounds.framesPerSecond &&
    maxMs <= bounds.firstSpreadMs &&
    times <= bounds.typingTimes &&
    perCharacter <= bounds.bytesPerCharacter
  for (const { readers } of streams) for (const reader of readers) reader.close()
  return areRight && unseen === 0 && isKept
}

async function main(): Promise<number> {
  if (values.help) {
    process.stdout.write(`${usage}\n`)
    return 0
  }
  const model = await startProgram({ file: 'load/token-model.ts', env: {} })
  try {
    const server = await startOwnServer({
      LLM_PROVIDER: 'openai-compatible',
      LLM_BASE_URL: `${model.url}/v1`,
      LLM_MODEL: 'tokens',
      LLM_API_KEY: 'none',
      LLM_CALLS_MAX: values.streams,
      LLM_OPINION_CALLS_PER_HOUR: '0',
      INTERVIEW_REQUESTS_PER_MINUTE: '1000',
      ...parseSettings(values.set),
    })
    try {
      say(
        'run',
        `${values.streams} answers of ${values.tokens} tokens at ${values.rate}/s, ${values.viewers} readers each, ${values.typists} people typing elsewhere`,
      )
      say('machine', machineLine())
      return (await measure(server)) ? 0 : 1
    } finally {
      await server.stop()
    }
  } finally {
    await model.stop()
  }
}

process.exit(await main())
