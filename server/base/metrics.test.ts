// The instruments: units in their names, labels from closed lists, and counts of one server only.

import { describe, expect, it } from 'vitest'
import { countRefusal, createMetrics, observeMs } from './metrics.ts'

describe('metrics', () => {
  it('[BASE10] have names that say what they count, and in which unit', async () => {
    const own = (await createMetrics().registry.getMetricsAsJSON()).filter(({ name }) => !/^(process|nodejs)_/.test(name))
    expect(own.length).toBeGreaterThan(10)
    for (const { name, help, type } of own) {
      expect(name).toMatch(/^(elenchus|http|database|llm)_[a-z_]+$/)
      expect(help).toMatch(/^[A-Z].*\.$/)
      // prom-client's types name the kind of an instrument by a string in what it gives as JSON.
      expect(name.endsWith('_total')).toBe(String(type) === 'counter')
      expect(
        /_(duration_)?(seconds|bytes|rows|total)$|^elenchus_(connections|open_documents|lagging_connections|log_pending_updates|redis_up|llm_breaker_open)$/.test(
          name,
        ),
      ).toBe(true)
    }
  })

  it('[BASE10] are counted for one server, and durations given in ms are kept in seconds', async () => {
    const [one, other] = [createMetrics(), createMetrics()]
    countRefusal(one, 'overloaded')
    observeMs(one.commitSeconds, 250)
    observeMs(one.databaseQuerySeconds, 1_500, { query_type: 'test' })
    const sumOf = async (metrics: typeof one, name: string) =>
      (await metrics.registry.getSingleMetric(name)?.get())?.values
        .filter((value) => !('metricName' in value) || String(value.metricName).endsWith('_sum'))
        .map(({ value }) => value)
    expect(await sumOf(one, 'elenchus_refusals_total')).toEqual([1])
    expect(await sumOf(one, 'elenchus_commit_duration_seconds')).toEqual([0.25])
    expect(await sumOf(one, 'database_query_duration_seconds')).toEqual([1.5])
    expect(await sumOf(other, 'elenchus_refusals_total')).toEqual([])
  })
})
