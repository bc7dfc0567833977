// The three ways in which an audit can end.

import { describe, expect, it } from 'vitest'
import { auditVerdict } from './audit-verdict.ts'

const reportOf = (severity: string) =>
  JSON.stringify({
    auditReportVersion: 2,
    vulnerabilities: {
      leaky: { name: 'leaky', severity, range: '<2.0.1', via: [{ title: 'Reads any file', url: 'https://example.org/1' }, 'deeper'] },
    },
    metadata: { vulnerabilities: { info: 0, low: 0, moderate: 0, high: 0, critical: 0, total: 1 } },
  })

describe('[SEC7] an audit', () => {
  it.each(['high', 'critical'])('fails on a fault of severity %s, by name and reason', (severity) => {
    expect(auditVerdict(reportOf(severity))).toEqual({
      outcome: 'vulnerable',
      lines: [`${severity}: leaky <2.0.1: Reads any file https://example.org/1; by deeper`],
    })
  })

  it.each(['info', 'low', 'moderate'])('passes with one of severity %s', (severity) => {
    expect(auditVerdict(reportOf(severity)).outcome).toBe('clean')
  })

  it.each([
    ['an error of the registry', JSON.stringify({ message: '405 Method Not Allowed', statusCode: 405 }), '405 Method Not Allowed'],
    ['nothing', '', 'no answer'],
    ['no JSON', 'npm error network', 'no answer'],
  ])('that gets %s says that nothing was audited, and does not fail', (_, output, reason) => {
    const { outcome, lines } = auditVerdict(output)
    expect(outcome).toBe('unreachable')
    expect(lines.join()).toContain(reason)
  })
})
