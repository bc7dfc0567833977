// What the command line takes, and what the report shows.

import { describe, expect, it } from 'vitest'
import type { Figures, ScenarioResult } from './artillery.ts'
import { drawChart } from './chart.ts'
import { parseLoadOptions } from './load-options.ts'
import { formatLoadReport, summarize } from './load-report.ts'

const summary = { count: 40, min: 1, max: 90, mean: 8, p50: 4, p95: 30, p99: 80 }

function figures(firstMetricAt: number, requests: number): Figures {
  return {
    counters: { 'http.requests': requests, 'vusers.created': 20, 'asked.total': requests, 'asked.failed': 2, 'errors.<script>': 2 },
    rates: {},
    summaries: { 'http.response_time': summary },
    firstMetricAt,
    lastMetricAt: firstMetricAt + 10_000,
  }
}

const result: ScenarioResult = {
  scenario: 'day',
  whole: { ...figures(1_000, 400), lastMetricAt: 21_000 },
  slices: [figures(1_000, 150), figures(11_000, 250)],
  isKept: false,
  checks: ['fail: http.response_time.p95 < 20'],
}

describe('the command line of the load runs', () => {
  it('runs every scenario against a running server unless it is told otherwise', () => {
    const options = parseLoadOptions([])
    expect(options).toMatchObject({
      url: 'http://127.0.0.1:3000',
      size: 'hundred',
      scenarios: ['auth', 'projects', 'sockets', 'interview', 'day', 'storm'],
    })
    expect(parseLoadOptions(['--url', 'own', '--scenario', 'storm', '--set', 'PORT=0'])).toMatchObject({
      url: undefined,
      scenarios: ['storm'],
      settings: { PORT: '0' },
    })
  })

  it.each([
    ['--size', 'million'],
    ['--scenario', 'night'],
    ['--set', '=1'],
    ['--people-per-document', '0'],
    ['--what', 'x'],
  ])('refuses %s %s with a sentence', (option, value) => {
    expect(() => parseLoadOptions([option, value])).toThrow(/\w/)
  })
})

describe('the report', () => {
  it('says in lines what was asked, what failed, and which threshold was not kept', () => {
    const text = summarize(result)
    expect(text).toContain('day: NOT KEPT, 20 people, 400 requests (20/s), 2 of 400 failed (<script> x 2)')
    expect(text).toContain('p50 4  p95 30  p99 80  max 90 ms  (40)')
    expect(text).toContain('fail: http.response_time.p95 < 20')
    expect(text).not.toContain('with everybody at work')
  })

  it('tells the rate of the time in which nobody came or went from that of the whole run', () => {
    const steady = (firstMetricAt: number, requests: number): Figures => {
      const slice = figures(firstMetricAt, requests)
      return { ...slice, counters: { ...slice.counters, 'vusers.created': 0 } }
    }
    const leaving = steady(31_000, 90)
    leaving.counters['vusers.completed'] = 3
    const text = summarize({ ...result, slices: [figures(1_000, 150), steady(11_000, 250), steady(21_000, 350), leaving] })
    expect(text).toMatch(/with everybody at work +30 requests\/s/)
  })

  it('draws load and latencies, and takes no text for markup', () => {
    const page = formatLoadReport(parseLoadOptions(['--size', 'smoke']), [result])
    expect(page.match(/<svg /g)).toHaveLength(2)
    expect(page).toContain('HTTP answer, ms')
    expect(page).not.toContain('<script>')
  })

  it('places the points of a line between the ends of its axes', () => {
    const line = {
      name: 'a',
      points: [
        { x: 0, y: 0 },
        { x: 10, y: 70 },
      ],
    }
    const svg = drawChart({ title: 'load', unit: '/s', lines: [line] })
    const [first, last] = /points="([^"]+)"/.exec(svg)?.[1]?.split(' ') ?? []
    expect(first).toBe('48.0,156.0')
    // 70 of an axis that ends at 100.
    expect(last).toBe('348.0,66.4')
  })
})
