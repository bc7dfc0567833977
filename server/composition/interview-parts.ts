// The interview: who asks, who writes a message and where, and what people do with it.

import type { Bus } from '../base/bus.ts'
import { AnswerItems } from '../interview/answer-items.ts'
import { BankInterviewer } from '../interview/bank-interviewer.ts'
import { Interview } from '../interview/interview.ts'
import { InterviewRuns } from '../interview/interview-runs.ts'
import { Learning } from '../interview/learning.ts'
import { Proposals, type ItemsTarget } from '../interview/proposals.ts'
import { SpecReader, type SpecSources } from '../interview/spec-reader.ts'
import type { AppEvents } from '../projects/app-events.ts'
import { createInterviewPeopleStore } from '../store/interview-people-store.ts'
import { createInterviewRunsStore } from '../store/interview-runs-store.ts'
import { createInterviewStore } from '../store/interview-store.ts'
import { createProposalsStore } from '../store/proposals-store.ts'
import type { Foundation } from './foundation.ts'

export interface InterviewGround extends SpecSources {
  items: SpecSources['items'] & ItemsTarget
  appEvents: AppEvents
  bus: Bus | undefined
}

export type InterviewParts = ReturnType<typeof makeInterviewParts>

/** Makes them; `interviewRuns` is a service, to be stopped before what it stands on. */
export function makeInterviewParts({ config, log, database, rateLimits }: Foundation, ground: InterviewGround) {
  const { items, appEvents, bus } = ground
  const store = createInterviewStore(database)
  const runs = createInterviewRunsStore(database)
  const people = new Learning(createInterviewPeopleStore(database))
  const spec = new SpecReader(ground)
  const interviewRuns = new InterviewRuns({ store, runs, interviewer: new BankInterviewer(), spec, people, appEvents, bus, log })
  const proposals = new Proposals({ store: createProposalsStore(database), items, appEvents })
  const answerItems = new AnswerItems({ items, proposals, log })
  return { interviewRuns, proposals, interview: new Interview({ store, runs: interviewRuns, answerItems, appEvents, rateLimits, config }) }
}
