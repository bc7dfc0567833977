// Every Prometheus instrument of the process, in one place; units in the names, labels from closed lists only.

import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics, type LabelValues } from 'prom-client'
import type { ErrorCode } from '../../shared/errors.ts'

/** A model takes its time. */
const modelBucketsS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300]
const latencyBucketsS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10]

/** The two doors to a document. */
export type Door = 'socketio' | 'yjs'

/** Makes the instruments on a registry of their own, so that two servers in one test process do not share counts. */
export function createMetrics() {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  return {
    registry,
    httpRequestSeconds: new Histogram({
      name: 'http_request_duration_seconds',
      help: 'HTTP requests by method, route pattern and status.',
      labelNames: ['method', 'endpoint', 'status'] as const,
      buckets: latencyBucketsS,
      registers,
    }),
    databaseQuerySeconds: new Histogram({
      name: 'database_query_duration_seconds',
      help: 'Statements by name, as the caller waited for them.',
      labelNames: ['query_type'] as const,
      buckets: latencyBucketsS,
      registers,
    }),
    connections: new Gauge({ name: 'elenchus_connections', help: 'Open document connections.', labelNames: ['door'] as const, registers }),
    openDocuments: new Gauge({ name: 'elenchus_open_documents', help: 'Documents held in memory.', registers }),
    updates: new Counter({ name: 'elenchus_updates_total', help: 'Updates applied, by door.', labelNames: ['door'] as const, registers }),
    refusals: new Counter({
      name: 'elenchus_refusals_total',
      help: 'Messages, joins and upgrades refused.',
      labelNames: ['code'] as const,
      registers,
    }),
    logPendingUpdates: new Gauge({ name: 'elenchus_log_pending_updates', help: 'Updates waiting to be committed.', registers }),
    logPendingBytes: new Gauge({ name: 'elenchus_log_pending_bytes', help: 'Bytes of updates waiting to be committed.', registers }),
    commitSeconds: new Histogram({
      name: 'elenchus_commit_duration_seconds',
      help: 'From an update entering the log to its commit.',
      buckets: latencyBucketsS,
      registers,
    }),
    commitRows: new Histogram({
      name: 'elenchus_commit_rows',
      help: 'Updates in one INSERT.',
      buckets: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000],
      registers,
    }),
    commitFailures: new Counter({
      name: 'elenchus_commit_failures_total',
      help: 'INSERTs of the log that failed and are tried again.',
      registers,
    }),
    compactions: new Counter({
      name: 'elenchus_compactions_total',
      help: 'Compactions by outcome.',
      labelNames: ['outcome'] as const,
      registers,
    }),
    fanOutWindows: new Counter({
      name: 'elenchus_fan_out_windows_total',
      help: 'Windows sent to the connections of a document.',
      registers,
    }),
    fanOutUpdates: new Counter({ name: 'elenchus_fan_out_updates_total', help: 'Updates merged into those windows.', registers }),
    fanOutBytes: new Counter({ name: 'elenchus_fan_out_bytes_total', help: 'Bytes handed to sockets by fan-out.', registers }),
    fanOutBuffered: measuredGauge({
      name: 'elenchus_fan_out_buffered_bytes',
      help: 'Bytes that wait for clients to read them, those held back to be merged included.',
      registers,
    }),
    laggingConnections: new Gauge({
      name: 'elenchus_lagging_connections',
      help: 'Connections whose updates are being coalesced.',
      registers,
    }),
    slowConsumers: new Counter({ name: 'elenchus_slow_consumers_total', help: 'Connections closed because they did not read.', registers }),
    versionsMade: new Counter({
      name: 'elenchus_versions_made_total',
      help: 'Versions made, by kind.',
      labelNames: ['kind'] as const,
      registers,
    }),
    versionsThinned: new Counter({ name: 'elenchus_versions_thinned_total', help: 'Versions deleted because of their age.', registers }),
    relaySent: new Counter({ name: 'elenchus_relay_updates_sent_total', help: 'Updates told to other nodes.', registers }),
    relayReceived: new Counter({
      name: 'elenchus_relay_messages_received_total',
      help: 'Messages of other nodes about open documents.',
      labelNames: ['type'] as const,
      registers,
    }),
    relayGaps: new Counter({
      name: 'elenchus_relay_gaps_total',
      help: 'Updates of other nodes before which something was missing.',
      registers,
    }),
    relayRepairs: new Counter({
      name: 'elenchus_relay_repairs_total',
      help: 'Comparisons with another node that found a difference.',
      registers,
    }),
    relayAdopted: new Counter({
      name: 'elenchus_relay_adopted_total',
      help: 'Updates logged here because their own node did not confirm them.',
      registers,
    }),
    busDropped: new Counter({ name: 'elenchus_bus_dropped_total', help: 'Messages that Redis could not be given.', registers }),
    redisUp: new Gauge({ name: 'elenchus_redis_up', help: 'Whether messages to other nodes go through Redis now.', registers }),
    itemAnalysisSeconds: new Histogram({
      name: 'elenchus_item_analysis_duration_seconds',
      help: 'From the start of an analysis of a changed text to its items being stored.',
      buckets: latencyBucketsS,
      registers,
    }),
    itemAnalysisFailures: new Counter({
      name: 'elenchus_item_analysis_failures_total',
      help: 'Analyses that failed and are tried again.',
      registers,
    }),
    conflictSeconds: new Histogram({
      name: 'elenchus_conflict_check_duration_seconds',
      help: 'From a change of items to its conflicts being stored and told.',
      buckets: latencyBucketsS,
      registers,
    }),
    conflictEvents: new Counter({
      name: 'elenchus_conflict_events_total',
      help: 'Conflicts that were told as opened, updated or closed by this node.',
      labelNames: ['event'],
      registers,
    }),
    conflictFailures: new Counter({
      name: 'elenchus_conflict_failures_total',
      help: 'Checks for conflicts that failed and are tried again.',
      registers,
    }),
    qualitySeconds: new Histogram({
      name: 'elenchus_quality_look_duration_seconds',
      help: 'From a change of items or conflicts being looked at to everyone being told what it comes to.',
      buckets: latencyBucketsS,
      registers,
    }),
    qualityFailures: new Counter({
      name: 'elenchus_quality_failures_total',
      help: 'Looks at the quality of a spec that failed; the next change looks again.',
      registers,
    }),
    llmCallSeconds: new Histogram({
      name: 'llm_call_duration_seconds',
      help: 'Calls to a model, from the request to the end of the answer, stopped and failed ones too.',
      labelNames: ['provider'] as const,
      buckets: modelBucketsS,
      registers,
    }),
    llmFirstTokenSeconds: new Histogram({
      name: 'elenchus_llm_first_token_seconds',
      help: 'From the request to the first words of a streamed answer.',
      labelNames: ['provider'] as const,
      buckets: modelBucketsS,
      registers,
    }),
    llmCalls: new Counter({
      name: 'elenchus_llm_calls_total',
      help: 'Calls to a model by how they ended.',
      labelNames: ['provider', 'outcome'] as const,
      registers,
    }),
    llmTokens: new Counter({
      name: 'elenchus_llm_tokens_total',
      help: 'Tokens of prompts and answers; of a call that was cut, as far as can be told.',
      labelNames: ['provider', 'direction'] as const,
      registers,
    }),
    llmBreakerOpen: new Gauge({
      name: 'elenchus_llm_breaker_open',
      help: 'Whether a model is left alone because it failed.',
      labelNames: ['model'] as const,
      registers,
    }),
    llmCached: new Counter({
      name: 'elenchus_llm_cached_total',
      help: 'Prompts that were answered without a call of their own.',
      registers,
    }),
    interviewFallbacks: new Counter({
      name: 'elenchus_interview_fallbacks_total',
      help: 'Questions and answers that the built-in interviewer gave in place of a model.',
      labelNames: ['reason'] as const,
      registers,
    }),
    documentGaps: new Counter({
      name: 'elenchus_document_gaps_total',
      help: 'Updates that arrived without what they build on.',
      registers,
    }),
  }
}

export type Metrics = ReturnType<typeof createMetrics>

/** Observes a duration given in milliseconds on an instrument that counts seconds, so that nobody divides twice. */
export function observeMs<Label extends string>(histogram: Histogram<Label>, durationMs: number, labels?: LabelValues<Label>): void {
  if (labels) histogram.observe(labels, durationMs / 1000)
  else histogram.observe(durationMs / 1000)
}

/** Counts a refusal by its code. */
export function countRefusal(metrics: Metrics, code: ErrorCode): void {
  metrics.refusals.inc({ code })
}

/** A gauge that is measured when somebody asks for it, by whoever has what it measures. */
function measuredGauge({ name, help, registers }: { name: string; help: string; registers: Registry[] }) {
  let measure = (): number => 0
  const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(measure()) })
  return { measureBy: (by: () => number) => void (measure = by) }
}
