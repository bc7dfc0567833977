// `npm run load:typing`: a crowd that types through either door, what each keystroke waits for, and real clients that check the text.

import { openCheckingClient, findDifferences, type CheckingClient } from './checking-clients.ts'
import { Crowd } from './crowd.ts'
import { GeneratorHealth } from './generator-health.ts'
import { descendantsTimeMs, machineTimeMs, processorTimeMs, residentBytes } from './measured-process.ts'
import { startOwnServer, type OwnServer } from './own-server.ts'
import { createProjects, inParallel, signUpPeople, type Person } from './people.ts'
import { seatPeople, type Seat } from './seats.ts'
import { openSocketIoConnection } from './socketio-connection.ts'
import type { ConnectionTarget } from './typing-connection.ts'
import { parseTypingOptions, usage, type TypingOptions } from './typing-options.ts'
import { formatReport, isWhole, type TypingResult } from './typing-report.ts'
import { openYjsConnection } from './yjs-connection.ts'

/** How long what was under way at the end may take to arrive. */
const drainWithinMs = 15_000
const checkWithinMs = 5_000
const exitCodes = { whole: 0, notWhole: 1, usage: 2, generatorUnfit: 3 } as const

/** Who types where, ready to connect. */
interface Stage {
  seats: Seat[]
  targetOf(index: number): ConnectionTarget
}

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/** Makes the people and projects; several typists of one document may share an account, as one person with several tabs does. */
async function setStage(serverUrl: string, { people, documents, accounts }: TypingOptions): Promise<Stage> {
  const seats = seatPeople(people, documents)
  const signedUp = await signUpPeople(serverUrl, accounts)
  const personOf = (index: number): Person => signedUp[index % signedUp.length] ?? { token: '', email: '' }
  const groups = Array.from({ length: documents }, () => new Set<Person>())
  for (const [index, { document }] of seats.entries()) groups[document]?.add(personOf(index))
  const projectIds = await createProjects(
    serverUrl,
    groups.map((group) => [...group]),
  )
  return {
    seats,
    targetOf: (index) => ({ serverUrl, projectId: projectIds[seats[index]?.document ?? 0] ?? '', token: personOf(index).token }),
  }
}

async function connectCrowd(crowd: Crowd, stage: Stage, door: TypingOptions['door']): Promise<void> {
  await inParallel(stage.seats.length, async (index) => {
    const isYjs = door === 'yjs' || (door === 'both' && index % 2 === 0)
    const open = isYjs ? openYjsConnection : openSocketIoConnection
    crowd.attach(index, await open(stage.targetOf(index), crowd.handlersOf(index)))
  })
}

type Measured = Pick<TypingResult, 'counts' | 'windowMs' | 'generator' | 'server' | 'elsewhereMs'>

/** Processor times at one moment, in ms; those that cannot be read are undefined. */
function readProcessors(pid: number | undefined) {
  const { user, system } = process.cpuUsage()
  return {
    machineMs: machineTimeMs(),
    ownMs: (user + system) / 1000,
    serverMs: pid === undefined ? undefined : processorTimeMs(pid),
    databaseMs: pid === undefined ? 0 : descendantsTimeMs(pid),
  }
}

async function measure(crowd: Crowd, { warmup, seconds }: TypingOptions, pid: number | undefined): Promise<Measured> {
  const health = new GeneratorHealth()
  crowd.startTyping()
  await sleep(warmup * 1000)
  const before = readProcessors(pid)
  const startMs = performance.now()
  health.begin()
  crowd.beginMeasuring()
  await sleep(seconds * 1000)
  const counts = crowd.endMeasuring()
  const windowMs = performance.now() - startMs
  const generator = health.end()
  const after = readProcessors(pid)
  const resident = pid === undefined ? undefined : residentBytes(pid)
  crowd.stopTyping()
  return { counts, windowMs, generator, ...processorUse(before, after, resident) }
}

type Processors = ReturnType<typeof readProcessors>

function processorUse(before: Processors, after: Processors, resident: number | undefined): Pick<Measured, 'server' | 'elsewhereMs'> {
  const server =
    before.serverMs === undefined || after.serverMs === undefined || resident === undefined
      ? undefined
      : { processorMs: after.serverMs - before.serverMs, databaseMs: after.databaseMs - before.databaseMs, residentBytes: resident }
  if (before.machineMs === undefined || after.machineMs === undefined) return { server, elsewhereMs: undefined }
  const known = after.ownMs - before.ownMs + (server ? server.processorMs + server.databaseMs : 0)
  return { server, elsewhereMs: after.machineMs - before.machineMs - known }
}

/** Waits until everything sent was acked and seen by everybody, or the time is up. */
async function drain(crowd: Crowd): Promise<void> {
  const deadlineMs = performance.now() + drainWithinMs
  for (;;) {
    const { sent, acked, unseen } = crowd.progress()
    if ((acked === sent && unseen === 0) || performance.now() > deadlineMs) return
    await sleep(20)
  }
}

/** Compares those who stayed with one who comes now; the crowd has gone by then, so that what is found is what the server holds. */
async function check(crowd: Crowd, stage: Stage, stayed: CheckingClient[]): Promise<TypingResult['check']> {
  if (stayed.length === 0) return undefined
  const late = await openCheckingClient(stage.targetOf(0))
  const clients = [...stayed, late]
  const docs = clients.map(({ doc }) => doc)
  const deadlineMs = performance.now() + checkWithinMs
  let problems = findDifferences(docs, crowd.ackedIn(0))
  // The last frames may still be on their way to those who stayed.
  while (problems.length > 0 && performance.now() < deadlineMs) {
    await sleep(50)
    problems = findDifferences(docs, crowd.ackedIn(0))
  }
  for (const client of clients) client.close()
  return { clients: stayed.length, problems }
}

async function run(options: TypingOptions, serverUrl: string, pid: number | undefined): Promise<TypingResult> {
  const stage = await setStage(serverUrl, options)
  const crowd = new Crowd(stage.seats, options.rate)
  await connectCrowd(crowd, stage, options.door)
  const checking = await inParallel(options.check, () => openCheckingClient(stage.targetOf(0)))
  const measured = await measure(crowd, options, pid)
  await drain(crowd)
  crowd.close()
  const checked = await check(crowd, stage, checking)
  const [acks, propagation] = [crowd.acks.percentiles(), crowd.propagation.percentiles()]
  return { options, ...measured, acks, propagation, refusals: crowd.refusals, progress: crowd.progress(), check: checked }
}

async function main(): Promise<number> {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`)
    return exitCodes.whole
  }
  let options: TypingOptions
  try {
    options = parseTypingOptions(process.argv.slice(2))
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${usage}\n`)
    return exitCodes.usage
  }
  const own: OwnServer | undefined = options.url === undefined ? await startOwnServer(options.settings) : undefined
  try {
    const result = await run(options, own?.url ?? options.url ?? '', own?.pid ?? options.pid)
    process.stdout.write(`${formatReport(result)}\n`)
    if (!isWhole(result)) return exitCodes.notWhole
    return result.generator.isFit ? exitCodes.whole : exitCodes.generatorUnfit
  } finally {
    await own?.stop()
  }
}

process.exitCode = await main()
