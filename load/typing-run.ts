// One run of a crowd that types: what each keystroke waits for, what the servers use meanwhile, and real clients that check the text.

import { findDifferences, type CheckingClient } from './checking-clients.ts'
import { Crowd } from './crowd.ts'
import { GeneratorHealth } from './generator-health.ts'
import { descendantsTimeMs, machineTimeMs, processorTimeMs, residentBytes } from './measured-process.ts'
import { inParallel } from './people.ts'
import type { Seat } from './seats.ts'
import type { ConnectionHandlers, TypingConnection } from './typing-connection.ts'
import type { TypingOptions } from './typing-options.ts'
import type { TypingResult } from './typing-report.ts'

/** Where a crowd types. */
export interface Stage {
  seats: Seat[]
  /** Connects the typist of seat `index`. */
  open(index: number, handlers: ConnectionHandlers): Promise<TypingConnection>
  /** A real client in document 0; without it nothing is checked. */
  openCheckingClient?: (() => Promise<CheckingClient>) | undefined
  /** The processes of the servers; empty where they are not to be measured. */
  pids: readonly number[]
  /** Whether the servers answer each update. */
  hasAcks: boolean
}

/** How long what was under way at the end may take to arrive. */
const drainWithinMs = 15_000
const checkWithinMs = 5_000

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/** Connects everybody, lets them type for the warm-up and the measured time, and looks at what arrived. */
export async function runTyping(stage: Stage, options: TypingOptions): Promise<TypingResult> {
  const crowd = new Crowd(stage.seats, options.rate)
  await inParallel(stage.seats.length, async (index) => crowd.attach(index, await stage.open(index, crowd.handlersOf(index))))
  const { openCheckingClient } = stage
  const checking = openCheckingClient ? await inParallel(options.check, () => openCheckingClient()) : []
  const measured = await measure(crowd, options, stage.pids)
  await drain(crowd, stage.hasAcks)
  crowd.close()
  const checked = openCheckingClient ? await check(crowd, openCheckingClient, checking) : undefined
  const [acks, propagation] = [crowd.acks.percentiles(), crowd.propagation.percentiles()]
  const { hasAcks } = stage
  return { options, ...measured, hasAcks, acks, propagation, refusals: crowd.refusals, progress: crowd.progress(), check: checked }
}

type Measured = Pick<TypingResult, 'counts' | 'windowMs' | 'generator' | 'server' | 'elsewhereMs'>

/** Processor times at one moment, in ms, of all processes together; those that cannot be read are undefined. */
function readProcessors(pids: readonly number[]) {
  const { user, system } = process.cpuUsage()
  return {
    machineMs: machineTimeMs(),
    ownMs: (user + system) / 1000,
    serverMs: sumOf(pids.map(processorTimeMs)),
    databaseMs: pids.reduce((sum, pid) => sum + descendantsTimeMs(pid), 0),
  }
}

/** Undefined when there is none, or one of them is not known. */
function sumOf(values: (number | undefined)[]): number | undefined {
  const known = values.filter((value) => value !== undefined)
  return known.length === 0 || known.length < values.length ? undefined : known.reduce((sum, value) => sum + value, 0)
}

async function measure(crowd: Crowd, { warmup, seconds }: TypingOptions, pids: readonly number[]): Promise<Measured> {
  const health = new GeneratorHealth()
  crowd.startTyping()
  await sleep(warmup * 1000)
  const before = readProcessors(pids)
  const startMs = performance.now()
  health.begin()
  crowd.beginMeasuring()
  await sleep(seconds * 1000)
  const counts = crowd.endMeasuring()
  const windowMs = performance.now() - startMs
  const generator = health.end()
  const after = readProcessors(pids)
  const resident = sumOf(pids.map(residentBytes))
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

/** Waits until everything sent was seen by everybody, and acked where there are acks, or the time is up. */
async function drain(crowd: Crowd, hasAcks: boolean): Promise<void> {
  const deadlineMs = performance.now() + drainWithinMs
  for (;;) {
    const { sent, acked, unseen } = crowd.progress()
    if (((acked === sent || !hasAcks) && unseen === 0) || performance.now() > deadlineMs) return
    await sleep(20)
  }
}

/** Compares those who stayed with one who comes now; the crowd has gone by then, so that what is found is what the server holds. */
async function check(crowd: Crowd, open: () => Promise<CheckingClient>, stayed: CheckingClient[]): Promise<TypingResult['check']> {
  if (stayed.length === 0) return undefined
  const clients = [...stayed, await open()]
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
