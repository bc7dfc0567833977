// The doctor before installations that are really broken.

import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { startHttpApp } from '../../test/rigs/http-app.ts'
import { hasMachinePostgres, startMachinePostgres } from '../../test/rigs/machine-postgres.ts'
import { openMailBox } from '../../test/rigs/mail-box.ts'
import { databaseUrl, freshDatabase, onServer, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { parseConfig, type Config } from '../base/config.ts'
import { createLog } from '../base/log.ts'
import { migrate } from '../store/migrations.ts'
import { checkDatabase, checkVersion } from './database-checks.ts'
import type { Finding } from './finding.ts'
import { checkDataFolder, checkNode, checkPort, checkSpace } from './machine-checks.ts'
import { checkClient, checkMail, checkRedis } from './service-checks.ts'
import { checkAuthSecret, checkPublicUrl } from './settings-checks.ts'

const root = join(import.meta.dirname, '../..')
const log = createLog('silent')

let database: FreshDatabase
let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'elenchus-doctor-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))
beforeAll(async () => {
  database = await freshDatabase()
})
afterAll(() => database.drop())

function configOf(environment: Record<string, string>): Config {
  const parsed = parseConfig({ DATA_DIR: folder, ...environment })
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'))
  return parsed.config
}

/** The verdict and the sentence of one finding; of several, the one that is not fine. */
function told(found: Finding | Finding[]): string {
  const list = [found].flat()
  const { verdict, sentence } = list.find((one) => one.verdict !== 'fine') ?? list.at(-1) ?? { verdict: 'none', sentence: '' }
  return `${verdict}: ${sentence}`
}

const look = async (url: string) => told(await checkDatabase(configOf({ DATABASE_URL: url }), log))

describe('the machine', () => {
  it('[OPS5] has a Node that is new enough, or is told so', () => {
    expect(told(checkNode())).toMatch(/^fine/)
    expect(told(checkNode('20.19.0'))).toBe('wrong: Node 20.19.0 is too old.')
  })

  it('[OPS5] has a folder that can be written, or to be made, and room in it', async () => {
    expect(told(await checkDataFolder({ DATA_DIR: folder }))).toMatch(/^fine: .* can be written/)
    expect(told(await checkDataFolder({ DATA_DIR: join(folder, 'a', 'b') }))).toMatch(/^fine: .* can be made/)
    expect(told(await checkSpace({ DATA_DIR: folder }, 1))).toMatch(/^fine/)
    expect(told(await checkSpace({ DATA_DIR: folder }, Number.MAX_SAFE_INTEGER))).toMatch(/^doubtful: Only \d+ MiB/)
    await chmod(folder, 0o500)
    // Root may write everywhere but where there is nothing to write to.
    const closed = process.getuid?.() === 0 ? '/proc/elenchus' : folder
    expect(told(await checkDataFolder({ DATA_DIR: closed }))).toMatch(/^wrong: Nothing can be written/)
  })

  it('[OPS5] has the port free, or taken by a server that runs, or by somebody else', async () => {
    const other = createServer((socket) => void socket.on('error', () => undefined).destroy())
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    expect(told(await checkPort({ HOST: '127.0.0.1', PORT: port }))).toBe(`wrong: Port ${port} of 127.0.0.1 is taken by another program.`)
    await new Promise((resolve) => other.close(resolve))
    expect(told(await checkPort({ HOST: '127.0.0.1', PORT: port }))).toMatch(/^fine/)
    expect(told(await checkPort({ HOST: '192.0.2.1', PORT: port }))).toMatch(/^wrong: The server cannot listen on 192\.0\.2\.1/)
  })
})

describe('settings', () => {
  it('[OPS5] lead people to the server that runs, or do not', async () => {
    const app = await startHttpApp()
    try {
      const url = await app.listen()
      const { port } = new URL(url)
      const at = { HOST: '127.0.0.1', PORT: port }
      expect(told(await checkPort(configOf(at)))).toMatch(/^fine: A server answers/)
      expect(told(await checkPublicUrl(configOf({ ...at, PUBLIC_URL: url })))).toBe('fine: PUBLIC_URL leads to the server.')
      expect(told(await checkPublicUrl(configOf({ ...at, PUBLIC_URL: 'http://127.0.0.1:1' })))).toMatch(/^wrong: .* does not lead to it/)
    } finally {
      await app.close()
    }
  })

  it.each([
    [{ HOST: '0.0.0.0' }, /^doubtful: .* PUBLIC_URL is not set/],
    [{ PUBLIC_URL: 'http://specs.example.org' }, /^doubtful: .* readable on the way/],
    [{ PUBLIC_URL: 'https://specs.example.org' }, /^doubtful: .* TRUST_PROXY is false/],
    [{ PUBLIC_URL: 'https://specs.example.org', TRUST_PROXY: 'true' }, /^fine/],
    [{}, /^fine/],
  ])('[OPS5] fit together: %j', async (environment, sentence) => {
    expect(told(await checkPublicUrl(configOf({ PORT: '1', ...environment })))).toMatch(sentence)
  })

  it('[OPS5] have a secret to sign with', async () => {
    expect(told(await checkAuthSecret(configOf({})))).toMatch(/^fine/)
    expect(told(await checkAuthSecret(configOf({ DATABASE_URL: database.url })))).toMatch(/^doubtful: AUTH_SECRET is not set/)
    await writeFile(join(folder, 'auth-secret'), 'short')
    expect(told(await checkAuthSecret(configOf({})))).toMatch(/^wrong: .* too short/)
    expect(told(await checkAuthSecret(configOf({ AUTH_SECRET: 'x'.repeat(32) })))).toMatch(/^fine/)
  })
})

describe('the database', () => {
  it('[OPS5] is told apart by why it cannot be reached', async () => {
    const otherPassword = new URL(database.url)
    otherPassword.password = 'not-it'
    expect(await look(database.url)).toBe('fine: The schema is that of this source.')
    expect(await look(otherPassword.href)).toMatch(/^wrong: .* the password, or the user, is wrong/)
    expect(await look(databaseUrl(database.url, 'nowhere'))).toMatch(/^wrong: .* there is no such database/)
    expect(await look('postgres://a:b@127.0.0.1:1/x')).toMatch(/^wrong: .* nobody listens there/)
    expect(await look('postgres://a:b@no.such.name.invalid/x')).toMatch(/^wrong: /)
    expect(await look('postgres://a:b c@[/x')).toMatch(/^wrong: /)
  })

  it('[OPS5] is empty, behind, ahead or edited', async () => {
    const other = await freshDatabase({ isEmpty: true })
    const options = { url: other.url, folder: join(root, 'sql'), log }
    try {
      expect(await look(other.url)).toMatch(/^fine: The database is empty/)
      await migrate({ ...options, until: '0003_documents.sql' })
      expect(await look(other.url)).toMatch(/^doubtful: \d+ of \d+ migrations are missing/)
      await migrate(options)
      await onServer(other.url, `update schema_migrations set checksum = 'x' where name like '0002%'`)
      expect(await look(other.url)).toBe('wrong: 0002_projects.sql was edited after it was applied.')
      await onServer(other.url, `insert into schema_migrations (name, checksum) values ('9999_later.sql', 'x')`)
      expect(await look(other.url)).toMatch(/^wrong: The database has the migration 9999_later\.sql/)
    } finally {
      await other.drop()
    }
  })

  it('[OPS5] says "committed" before it is', async () => {
    const other = await freshDatabase()
    try {
      await onServer(other.url, `alter database ${new URL(other.url).pathname.slice(1)} set synchronous_commit = off`)
      expect(await look(other.url)).toMatch(/^wrong: .* synchronous_commit off/)
    } finally {
      await other.drop()
    }
  })

  it.runIf(hasMachinePostgres)('[OPS5] does not wait for the disk', async () => {
    const machine = await startMachinePostgres({ fsync: 'off' })
    try {
      expect(await look(machine.url)).toMatch(/^wrong: .* fsync off/)
    } finally {
      await machine.remove()
    }
  })

  it('[OPS5] is too old', () => {
    expect(told(checkVersion({ version: '14.9' }))).toBe('wrong: PostgreSQL 14.9 is too old.')
    expect(checkVersion({ version: '15.0' })).toEqual([])
  })

  it('[OPS5] is embedded and not there yet: nothing is made', async () => {
    expect(told(await checkDatabase(configOf({ DATA_DIR: join(folder, 'none') }), log))).toMatch(/^fine: DATABASE_URL is not set/)
    expect(told(await checkDataFolder({ DATA_DIR: join(folder, 'none') }))).toMatch(/can be made/)
  })
})

describe('what it talks to, and what it serves', () => {
  it('[OPS5] is there, or is not', async () => {
    const box = await openMailBox()
    try {
      expect(told(await checkMail({ SMTP_URL: box.url }))).toMatch(/^fine: .* takes mail/)
    } finally {
      await box.close()
    }
    expect(told(await checkMail({ SMTP_URL: box.url }))).toMatch(/^wrong: The mail server/)
    expect(told(await checkRedis({ REDIS_URL: 'redis://127.0.0.1:1' }))).toMatch(/^wrong: Redis at 127\.0\.0\.1:1 .*ECONNREFUSED/)
    await writeFile(join(folder, 'package-lock.json'), '{}')
    expect(told(await checkClient(folder))).toMatch(/^doubtful: The page is not built/)
  })
})

/** Runs the command itself. */
function runDoctor(environment: Record<string, string>): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '', DATA_DIR: folder, ...environment }
    const child = execFile(process.execPath, [join(root, 'server/doctor/doctor.ts')], { env, cwd: folder }, (_, out, err) =>
      resolve({ code: child.exitCode ?? -1, output: out + err }),
    )
  })
}

describe('npm run doctor', () => {
  it('[OPS5] ends with 0 when nothing is wrong', async () => {
    const { code, output } = await runDoctor({ PORT: '0', DATABASE_URL: database.url, AUTH_SECRET: 's'.repeat(32) })
    expect(output).toContain('Nothing is wrong.')
    expect(code).toBe(0)
  })

  it('[OPS5] ends with 1 when something is, and prints no secret whatever fails', async () => {
    const secrets = {
      sql: 'sesame-sql',
      redis: 'sesame-redis',
      smtp: 'sesame-smtp',
      sign: 'sesame-sign-'.repeat(4),
      metrics: 'sesame-metrics',
    }
    const broken = {
      DATABASE_URL: `postgres://someone:${secrets.sql}@127.0.0.1:1/x`,
      REDIS_URL: `redis://someone:${secrets.redis}@127.0.0.1:1`,
      SMTP_URL: `smtp://someone:${secrets.smtp}@127.0.0.1:1`,
      AUTH_SECRET: secrets.sign,
      METRICS_TOKEN: secrets.metrics,
    }
    const runs = [
      await runDoctor(broken),
      await runDoctor({ DATABASE_URL: `postgres://someone:${secrets.sql}@[`, AUTH_SECRET: 's'.repeat(32) }),
      await runDoctor({ PORT: 'sesame', AUTH_SECRET: 'sesame', REDIS_URL: `${secrets.redis}` }),
    ]
    expect(runs[0]?.output).toContain('3 things are wrong.')
    expect(runs[2]?.output).toContain('A setting is wrong: PORT')
    for (const { code, output } of runs) {
      expect(code).toBe(1)
      expect(output).not.toContain('sesame')
      expect(output).not.toContain('someone')
    }
  })
})
