// The settings: defaults, the whole list of what is wrong, and never a value in it.

import { execFile } from 'node:child_process'
import { isAbsolute } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { describeSettings, listSettings, parseConfig } from './config.ts'

const problemsOf = (environment: Record<string, string>): string[] => {
  const parsed = parseConfig(environment)
  return 'problems' in parsed ? parsed.problems : []
}

const configOf = (environment: Record<string, string>) => {
  const parsed = parseConfig(environment)
  if ('problems' in parsed) throw new Error(parsed.problems.join('\n'))
  return parsed.config
}

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

function start(environment: Record<string, string>, ...args: string[]): Promise<{ code: unknown; out: string; err: string }> {
  return new Promise((resolve) => {
    execFile(process.execPath, [main, ...args], { env: { PATH: process.env.PATH, ...environment } }, (error, out, err) => {
      resolve({ code: error ? error.code : 0, out, err })
    })
  })
}

describe('settings', () => {
  it('[BASE1] that are wrong are listed all at once, by name and reason', () => {
    const wrong = {
      PORT: '70000',
      AUTH_SECRET: 'too-short',
      LOG_LEVEL: 'loud',
      TRUST_PROXY: 'yes',
      PUBLIC_URL: 'not a url',
      COMMIT_WINDOW_MS: '-1',
      DOCUMENT_MAX_BYTES: '1.5',
    }
    const problems = problemsOf(wrong)
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(expect.arrayContaining(Object.keys(wrong)))
    expect(problems).toHaveLength(Object.keys(wrong).length)
    for (const problem of problems) expect(problem).toMatch(/^[A-Z_]+: \S/)
  })

  it('[BASE1] never have their values in the list, whichever setting it is', () => {
    const sentinel = 'S3CRETsentinel'
    for (const { name } of listSettings()) {
      for (const value of [sentinel, `http//${sentinel}`, `${sentinel}\n`])
        expect(problemsOf({ [name]: value }).join('\n')).not.toContain(sentinel)
    }
  })

  it('[BASE1] that are wrong end the process with the whole list on stderr, and no value', async () => {
    const { code, out, err } = await start({ PORT: 'S3CRETport', AUTH_SECRET: 'S3CRETshort', LOG_LEVEL: 'S3CRETlevel' })
    expect([code, out]).toEqual([2, ''])
    for (const name of ['PORT', 'AUTH_SECRET', 'LOG_LEVEL']) expect(err).toContain(`${name}: `)
    expect(err).not.toContain('S3CRET')
  })

  it('[BASE2] need not be given, and an empty one is not given', () => {
    const config = configOf({})
    expect([config.PORT, config.HOST, config.DATABASE_URL, config.AUTH_SECRET]).toEqual([3000, '127.0.0.1', undefined, undefined])
    expect([isAbsolute(config.DATA_DIR), Object.isFrozen(config)]).toEqual([true, true])
    expect(configOf(Object.fromEntries(listSettings().map(({ name }) => [name, ''])))).toEqual(config)
  })

  it('[BASE2] are read with their types, and what is no setting is passed over', () => {
    const config = configOf({ PORT: '0', TRUST_PROXY: 'true', DOCUMENT_IDLE_MS: '0', DATABASE_URL: 'postgres://x', UNKNOWN: 'x' })
    expect([config.PORT, config.TRUST_PROXY, config.DOCUMENT_IDLE_MS, config.DATABASE_URL]).toEqual([0, true, 0, 'postgres://x'])
    expect('UNKNOWN' in config).toBe(false)
  })

  it('[BASE2] are described, each with its default and a sentence, and printed by --help', async () => {
    for (const { name, help } of listSettings()) {
      expect(name).toMatch(/^[A-Z][A-Z_]+$/)
      expect(help).toMatch(/^[A-Z].*\.$/)
      expect(describeSettings()).toContain(name)
    }
    expect(listSettings().filter(({ name, help }) => name.endsWith('_MS') && !help.includes(' ms'))).toEqual([])
    const { code, out } = await start({}, '--help')
    expect([code, out.includes(describeSettings())]).toEqual([0, true])
  })
})

describe('models', () => {
  const usual = { LLM_PROVIDER: 'anthropic', LLM_MODEL: 'm', LLM_API_KEY: 'sk-secret' }
  const further = (...models: object[]) => ({ ...usual, LLM_MORE_MODELS: JSON.stringify(models) })
  const other = { name: 'other', provider: 'openai-compatible', model: 'o', baseUrl: 'http://127.0.0.1:1/v1' }

  it('[LLM1] asks for what a provider needs', () => {
    expect(parseConfig({ LLM_PROVIDER: 'anthropic' })).toEqual({
      problems: ['LLM_MODEL: must be given with LLM_PROVIDER', 'LLM_API_KEY: must be given with LLM_PROVIDER'],
    })
    expect(parseConfig({ LLM_PROVIDER: 'openai-compatible', LLM_MODEL: 'm' })).toEqual({
      problems: ['LLM_BASE_URL: must be given with LLM_PROVIDER'],
    })
    expect(parseConfig(usual)).toHaveProperty('config')
  })

  it('[LLM17] takes further models with names of their own, and repeats no key in what is wrong', () => {
    expect(parseConfig(further(other, { ...other, name: 'third' }))).toHaveProperty('config')
    for (const wrong of [
      further(other, other),
      further({ ...other, name: 'm' }),
      further({ ...other, name: 'builtin' }),
      further({ ...other, provider: 'anthropic', apiKey: 'sk-secret', baseUrl: 'sk-secret' }),
      further({ ...other, sk: 'sk-secret' }),
      { ...usual, LLM_MORE_MODELS: '{"apiKey": "sk-secret"' },
    ]) {
      const parsed = parseConfig(wrong)
      expect(parsed).toMatchObject({ problems: [expect.stringMatching(/^LLM_MORE_MODELS: /)] })
      expect(JSON.stringify(parsed)).not.toContain('sk-secret')
    }
  })
})
