// The steps of the scenarios: Artillery calls them by name. (`.mts`, since it bundles a `.ts` as CommonJS.)

import { DocumentSeat, type ClientSocket } from './document-seat.ts'
import { InterviewSeat, type InterviewSocket } from './interview-seat.ts'

/** Artillery's own event bus of a virtual person. */
interface Metrics {
  emit(kind: 'counter' | 'histogram', name: string, value: number): void
}

/** What Artillery hands to each step: the variables of the person, and the sockets that its engine has opened. */
interface Scenario {
  vars: Record<string, string | number | undefined>
  sockets?: Record<string, ClientSocket & InterviewSocket>
  seat?: DocumentSeat
  interview?: InterviewSeat
}

type Done = (error?: Error) => void

const sleep = (durationMs: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, durationMs))

/** Counts a request before it goes; what fails must have been counted. */
export function countRequest(_request: unknown, _scenario: Scenario, metrics: Metrics, done: Done): void {
  metrics.emit('counter', 'asked.total', 1)
  metrics.emit('counter', 'asked.failed', 0)
  done()
}

/** Counts an answer that is no success. */
export function countAnswer(_request: unknown, response: { statusCode: number }, ...[, metrics, done]: [Scenario, Metrics, Done]): void {
  if (response.statusCode >= 400) metrics.emit('counter', 'asked.failed', 1)
  done()
}

/** Joins the person's document and waits until its whole text is here. */
export async function openDocument(scenario: Scenario, metrics: Metrics): Promise<void> {
  const { projectId, workSeconds } = scenario.vars
  const socket = scenario.sockets?.['']
  if (!socket) throw new Error('the scenario has no socket')
  const seat = new DocumentSeat(socket, String(projectId))
  scenario.seat = seat
  scenario.vars['workUntilMs'] = Date.now() + Number(workSeconds) * 1000
  await measured(metrics, 'document.join_ms', () => seat.join())
}

/** Types a word at the end of a line, waits for its ack, and counts what the others typed since the last time. */
export async function typeWord(scenario: Scenario, metrics: Metrics): Promise<void> {
  const seat = seatOf(scenario)
  await measured(metrics, 'document.ack_ms', () => seat.typeWord())
  metrics.emit('counter', 'document.heard', seat.takeHeard())
}

/** Tells the others where the cursor is now. */
export async function moveCursor(scenario: Scenario, metrics: Metrics): Promise<void> {
  const seat = seatOf(scenario)
  await measured(metrics, 'document.cursor_ms', () => seat.moveCursor())
}

/** Rests for the pause of the run, spread so that people do not move in step. */
export async function pause(scenario: Scenario): Promise<void> {
  const pauseMs = Number(scenario.vars['pauseMs'])
  await sleep(pauseMs * (0.5 + Math.random()))
}

/** Whether the person's day goes on. */
export function isAtWork(scenario: Scenario, done: (isAtWork: boolean) => void): void {
  done(Date.now() < Number(scenario.vars['workUntilMs']))
}

/** Leaves the document; a place that was never taken has been counted already. */
export async function leaveDocument(scenario: Scenario, metrics: Metrics): Promise<void> {
  const seat = seatOf(scenario)
  await measured(metrics, 'document.leave_ms', () => seat.leave())
}

/** Joins the person's project to take part in its interview. */
export async function openInterview(scenario: Scenario, metrics: Metrics): Promise<void> {
  const { projectId, workSeconds } = scenario.vars
  const socket = scenario.sockets?.['']
  if (!socket) throw new Error('the scenario has no socket')
  const interview = new InterviewSeat(socket, String(projectId))
  scenario.interview = interview
  scenario.vars['workUntilMs'] = Date.now() + Number(workSeconds) * 1000
  await measured(metrics, 'interview.join_ms', () => interview.join())
}

/** Asks for a question, and reads it to its end. */
export async function askQuestion(scenario: Scenario, metrics: Metrics): Promise<void> {
  const interview = interviewOf(scenario)
  const asked = await measured(metrics, 'interview.ask_ms', () => interview.askQuestion())
  if (asked.comes === 'no more') return
  const name = asked.comes === 'now' ? 'interview.question_ms' : 'interview.queued_question_ms'
  await measured(metrics, name, () => interview.untilEnded(asked.messageId))
}

/** Answers, and counts what was heard since the last time. */
export async function sayAnswer(scenario: Scenario, metrics: Metrics): Promise<void> {
  const interview = interviewOf(scenario)
  await measured(metrics, 'interview.say_ms', () => interview.sayAnswer())
  const { heard, gaps } = interview.takeHeard()
  metrics.emit('counter', 'interview.heard', heard)
  metrics.emit('counter', 'interview.gaps', gaps)
}

export async function leaveInterview(scenario: Scenario, metrics: Metrics): Promise<void> {
  const interview = interviewOf(scenario)
  await measured(metrics, 'interview.leave_ms', () => interview.leave())
}

function interviewOf({ interview }: Scenario): InterviewSeat {
  if (!interview) throw new Error('the person is in no interview')
  return interview
}

function seatOf({ seat }: Scenario): DocumentSeat {
  if (!seat) throw new Error('the person is in no document')
  return seat
}

async function measured<Result>(metrics: Metrics, name: string, task: () => Promise<Result>): Promise<Result> {
  metrics.emit('counter', 'asked.total', 1)
  metrics.emit('counter', 'asked.failed', 0)
  const startMs = performance.now()
  try {
    const result = await task()
    metrics.emit('histogram', name, performance.now() - startMs)
    return result
  } catch (error) {
    metrics.emit('counter', 'asked.failed', 1)
    throw error
  }
}
