// The interview: who asks, who writes a message and where, and what people do with it.

import type { Bus } from '../base/bus.ts'
import type { Config } from '../base/config.ts'
import { AnswerItems, type AnswerItemsOptions } from '../interview/answer-items.ts'
import { BankInterviewer } from '../interview/bank-interviewer.ts'
import { ModelInterviewer } from '../interview/model/model-interviewer.ts'
import { usualTiming, type StreamTiming } from '../interview/stream-writer.ts'
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
import type { ModelParts } from './model-parts.ts'

export interface InterviewGround extends SpecSources {
  items: SpecSources['items'] & ItemsTarget & AnswerItemsOptions['items']
  conflicts: SpecSources['conflicts'] & AnswerItemsOptions['rules']
  appEvents: AppEvents
  bus: Bus | undefined
  models: ModelParts
}

export type InterviewParts = ReturnType<typeof makeInterviewParts>

/** Makes them; `interviewRuns` is a service, to be stopped before what it stands on. */
export function makeInterviewParts(foundation: Foundation, ground: InterviewGround) {
  const { config, log, metrics, database, rateLimits } = foundation
  const { items, appEvents, bus, models } = ground
  const store = createInterviewStore(database)
  const runs = createInterviewRunsStore(database)
  const learning = new Learning(createInterviewPeopleStore(database))
  const spec = new SpecReader(ground)
  const interviewer = new ModelInterviewer({
    modelOf: (projectId) => models.projectModels.of(projectId),
    builtIn: new BankInterviewer(),
    fallbackMs: config.LLM_FALLBACK_MS,
    metrics,
    log,
  })
  const interviewRuns = new InterviewRuns({
    store,
    runs,
    interviewer,
    spec,
    people: learning,
    appEvents,
    bus,
    log,
    timing: timingBehind(config),
  })
  const proposals = new Proposals({ store: createProposalsStore(database), items, appEvents })
  const answerItems = new AnswerItems({ items, rules: ground.conflicts, proposals, log })
  return {
    interviewRuns,
    proposals,
    learning,
    interview: new Interview({ store, runs: interviewRuns, answerItems, appEvents, rateLimits, config }),
  }
}

/** Between a model's own times and the end of a message, for the built-in interviewer to take over. */
const marginMs = 5_000

/** A message gives up later than the model behind it does. */
const timingBehind = ({ LLM_FALLBACK_MS, LLM_STALL_MS, LLM_WHOLE_MS }: Config): Partial<StreamTiming> => ({
  firstToken: Math.max(usualTiming.firstToken, LLM_FALLBACK_MS + marginMs),
  stall: Math.max(usualTiming.stall, LLM_STALL_MS + marginMs),
  whole: Math.max(usualTiming.whole, LLM_WHOLE_MS + LLM_FALLBACK_MS + marginMs),
})
