// What `npm audit --json` found, as a verdict: known faults of what is shipped, or that nobody could be asked.

export interface AuditVerdict {
  /** `unreachable` when the registry has no advisories to give: nothing is known then, neither good nor bad. */
  outcome: 'clean' | 'vulnerable' | 'unreachable'
  /** One sentence, or a line for each package. */
  lines: string[]
}

interface AuditReport {
  metadata?: { vulnerabilities?: Record<string, number> }
  vulnerabilities?: Record<string, { severity: string; range: string; via: (string | { title?: string; url?: string })[] }>
  message?: string
}

/** Severities that fail. */
const failing = new Set(['high', 'critical'])

/** Reads the report; what is no report, an error or nothing at all, is `unreachable`. */
export function auditVerdict(output: string): AuditVerdict {
  const report = parse(output)
  if (!report?.metadata?.vulnerabilities) {
    return {
      outcome: 'unreachable',
      lines: [`the registry gives no advisories here: nothing was audited (${report?.message ?? 'no answer'})`],
    }
  }
  const found = Object.entries(report.vulnerabilities ?? {}).filter(([, { severity }]) => failing.has(severity))
  if (found.length === 0) return { outcome: 'clean', lines: ['no known fault of severity high or critical in what is shipped'] }
  return { outcome: 'vulnerable', lines: found.map(([name, { severity, range, via }]) => `${severity}: ${name} ${range}: ${reasons(via)}`) }
}

function reasons(via: (string | { title?: string; url?: string })[]): string {
  return via.map((one) => (typeof one === 'string' ? `by ${one}` : `${one.title ?? ''} ${one.url ?? ''}`.trim())).join('; ')
}

function parse(output: string): AuditReport | undefined {
  try {
    return JSON.parse(output) as AuditReport
  } catch {
    return undefined
  }
}
