// A configured model over real HTTP, against a server that answers as it should and fails in every way.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { asking, heard, modelSettings, ModelWorld, scriptedKey } from '../../test/rigs/model-world.ts'
import { saying, ScriptedModel, silent, type ModelScript } from '../../test/rigs/scripted-model.ts'

let rig: ScriptedModel

beforeEach(async () => {
  rig = await ScriptedModel.start()
})
afterEach(() => rig.stop())

const providers = ['anthropic', 'openai-compatible'] as const
const worldOf = (provider: (typeof providers)[number] = 'openai-compatible', more: Record<string, string> = {}) =>
  new ModelWorld({ ...modelSettings(rig, provider), ...more })

/** Follows the scripts in turn; the last one stays. */
function inTurn(...scripts: ModelScript[]): ModelScript {
  return (call) => (scripts.length > 1 ? scripts.shift() : scripts[0])?.(call)
}

/** Says some words and does the rest when they are on their way. */
const saysThen =
  (text: string, then: ModelScript): ModelScript =>
  (call) => {
    call.say(text)
    setTimeout(() => void then(call), 30)
  }

describe.each(providers)('a model of %s', (provider) => {
  it('[LLM1] answers as a stream and as a whole, with its key, its name and the prompt as it was given', async () => {
    const { client, runs } = worldOf(provider)
    rig.script = saying('Two words')
    expect(await heard(client.stream(asking('Why "so"?')))).toEqual({ text: 'Two words', failure: null })
    expect(await client.complete(asking('How?'))).toBe('Two words')
    const [streamed, whole] = rig.calls
    expect(streamed?.body).toMatchObject({ model: 'scripted', stream: true })
    expect(whole?.body.stream ?? false).toBe(false)
    expect(streamed?.prompt).toContain('Be short.')
    expect(streamed?.prompt).toContain(String.raw`Why \"so\"?`)
    expect(JSON.stringify(streamed?.headers)).toContain(scriptedKey)
    expect(runs.map(({ outcome, inputTokens, outputTokens, isEstimated }) => [outcome, inputTokens, outputTokens, isEstimated])).toEqual([
      ['finished', 10, 5, false],
      ['finished', 10, 5, false],
    ])
  })

  it('[LLM1] reads an answer that comes byte by byte, with CRLF and characters cut in two', async () => {
    rig.script = (call) => call.sendByteByByte('Grüße an 😀, „Ω“')
    expect(await heard(worldOf(provider).client.stream(asking('?')))).toEqual({ text: 'Grüße an 😀, „Ω“', failure: null })
  })

  it('[LLM2] ends upstream within 200 ms of being stopped, before the first words and after', async () => {
    const { client, runs } = worldOf(provider)
    for (const words of ['', 'Some']) {
      rig.script = (call) => call.say(words)
      const stop = new AbortController()
      const stream = client.stream(asking('?', stop.signal))
      // A stream that says nothing is read on; the other until it has said something.
      const first = stream.next()
      const call = await rig.call(rig.calls.length)
      await (words === '' ? null : first)
      const stoppedAtMs = performance.now()
      stop.abort()
      await expect(words === '' ? first : stream.next()).rejects.toMatchObject({ kind: 'stopped' })
      await vi.waitFor(() => expect(call.abortedAtMs).not.toBeNull())
      expect((call.abortedAtMs ?? Infinity) - stoppedAtMs).toBeLessThan(200)
    }
    expect(runs.map(({ outcome, isEstimated }) => [outcome, isEstimated])).toEqual([
      ['stopped', true],
      ['stopped', true],
    ])
  })

  it('[LLM3] tries again what is overloaded before any words, told by its status or inside of an answer', async () => {
    const { client, runs } = worldOf(provider)
    rig.script = inTurn(
      (call) => call.overloadInside(),
      (call) => call.refuse(529, 'Overloaded', { 'retry-after': '0' }),
      saying('At last'),
    )
    expect(await heard(client.stream(asking('?')))).toEqual({ text: 'At last', failure: null })
    expect(runs).toMatchObject([{ outcome: 'finished', tries: 3 }])
    rig.script = inTurn((call) => call.refuse(429), saying('Whole'))
    expect(await client.complete(asking('?'))).toBe('Whole')
  })

  it.each<[string, string, ModelScript]>([
    ['an overload inside of it', 'overloaded', (call) => call.overloadInside()],
    ['a line that goes down', 'cut', (call) => call.cut()],
    ['an end without its words', 'cut', (call) => call.stopShort()],
    ['what is no JSON', 'malformed', (call) => call.send('data: {oops\n\n')],
  ])('[LLM3] keeps the words before %s, and asks no second time', async (_, kind, then) => {
    const { client, runs } = worldOf(provider)
    rig.script = saysThen('So far', then)
    const { text, failure } = await heard(client.stream(asking('?')))
    expect([text, failure]).toMatchObject(['So far', { kind }])
    expect(rig.calls).toHaveLength(1)
    expect(runs).toMatchObject([{ outcome: kind, tries: 1, isEstimated: true, outputTokens: 2 }])
  })

  it('[LLM4] gives up on a model that does not begin, falls silent, or has no end', async () => {
    const { client } = worldOf(provider, { LLM_FIRST_TOKEN_MS: '200', LLM_STALL_MS: '150', LLM_WHOLE_MS: '600' })
    for (const script of [silent, saysThen('One', silent), saying('and so on '.repeat(200), 10)]) {
      rig.script = script
      expect((await heard(client.stream(asking('?')))).failure).toMatchObject({ kind: 'stalled' })
      await vi.waitFor(() => expect(rig.calls.at(-1)?.abortedAtMs).not.toBeNull())
    }
    rig.script = silent
    await expect(client.complete(asking('?'))).rejects.toMatchObject({ kind: 'stalled' })
    expect(rig.calls).toHaveLength(4)
  })

  it('[LLM3] knows a whole answer that is cut from one that is no answer', async () => {
    const { client } = worldOf(provider)
    for (const [kind, script] of [
      ['malformed', (call) => (call.send('{"oops'), call.stopShort())],
      ['malformed', (call) => (call.send('{"choices": 1}'), call.stopShort())],
    ] as const satisfies [string, ModelScript][]) {
      rig.script = script
      await expect(client.complete(asking('?'))).rejects.toMatchObject({ kind })
    }
    rig.script = inTurn((call) => (call.send('{"oops'), call.cut()), saying('Whole'))
    expect(await client.complete(asking('?'))).toBe('Whole')
  })

  it('[LLM8] says nothing of its key, of the prompt or of what the provider said, when it fails', async () => {
    const world = worldOf(provider)
    for (const status of [400, 401, 403, 404, 500]) {
      rig.script = (call) => call.refuse(status, `not ${scriptedKey}, nor my secret prompt`)
      const { failure } = await heard(world.client.stream(asking('my secret prompt')))
      expect(`${JSON.stringify(failure)} ${String(failure)} ${(failure as Error).stack} ${String((failure as Error).cause)}`).not.toMatch(
        /sk-secret|secret prompt/,
      )
      await expect(world.client.complete(asking('my secret prompt'))).rejects.toThrow('the model failed')
    }
    expect(world.logged).toContain('llm.run_failed')
    expect(world.logged).not.toMatch(/sk-secret|secret prompt/)
  })
})

it('[LLM3] does not try again what is refused', async () => {
  const { client } = worldOf()
  for (const [status, kind] of [
    [400, 'unfit'],
    [401, 'refused'],
    [403, 'refused'],
  ] as const) {
    rig.script = (call) => call.refuse(status)
    expect((await heard(client.stream(asking('?')))).failure).toMatchObject({ kind, status })
  }
  expect(rig.calls).toHaveLength(3)
})

it('[LLM5] leaves a model alone that fails again and again, and has one call try it out later', async () => {
  const world = worldOf('openai-compatible', { LLM_BREAKER_FAILURES: '3', LLM_BREAKER_MS: '300' })
  const { client } = world
  rig.script = (call) => call.refuse(401)
  for (let count = 0; count < 3; count++) await heard(client.stream(asking('?')))
  const isOpen = async () => (await world.metrics.llmBreakerOpen.get()).values[0]?.value
  expect(await isOpen()).toBe(1)
  expect((await heard(client.stream(asking('?')))).failure).toMatchObject({ kind: 'broken' })
  expect(rig.calls).toHaveLength(3)
  // One that is stopped proves nothing: nobody else is let in by it.
  rig.script = silent
  await new Promise((resolve) => setTimeout(resolve, 350))
  const stop = new AbortController()
  const trial = heard(client.stream(asking('?', stop.signal)))
  await rig.call(3)
  stop.abort()
  await trial
  expect((await heard(client.stream(asking('?')))).failure).toMatchObject({ kind: 'broken' })
  rig.script = saying('Well again')
  await new Promise((resolve) => setTimeout(resolve, 350))
  expect((await heard(client.stream(asking('?')))).text).toBe('Well again')
  expect(await isOpen()).toBe(0)
  // What is wrong with a prompt is no fault of the model.
  rig.script = (call) => call.refuse(400)
  for (let count = 0; count < 4; count++) expect((await heard(client.stream(asking('?')))).failure).toMatchObject({ kind: 'unfit' })
})

it('[LLM6] makes so many calls at once, lets so many wait, refuses the rest, and never makes one that was stopped while it waited', async () => {
  const { client, runs } = worldOf('openai-compatible', { LLM_CALLS_MAX: '2', LLM_WAITING_MAX: '2' })
  rig.script = silent
  const stop = new AbortController()
  const streams = [0, 1].map(() => heard(client.stream(asking('?'))))
  await rig.call(1)
  const waiting = heard(client.stream(asking('waits')))
  const stopped = heard(client.stream(asking('stopped', stop.signal)))
  expect((await heard(client.stream(asking('?')))).failure).toMatchObject({ kind: 'busy' })
  stop.abort()
  rig.script = saying('Done')
  for (const call of rig.calls) call.end()
  await Promise.all(streams)
  expect((await waiting).text).toBe('Done')
  expect((await stopped).failure).toMatchObject({ kind: 'stopped' })
  expect(rig.calls).toHaveLength(3)
  // What was never asked took nothing.
  expect(runs).toHaveLength(3)
})

it('[LLM7] counts a run once with all its tries, and its cost by the prices', async () => {
  const world = worldOf('openai-compatible', { LLM_INPUT_PRICE: '3', LLM_OUTPUT_PRICE: '15' })
  rig.script = inTurn(
    (call) => call.cut(),
    (call) => {
      call.say('Hi')
      call.end({ inputTokens: 1_000, outputTokens: 200 })
    },
  )
  await heard(world.client.stream(asking('?')))
  expect(world.runs).toHaveLength(1)
  const [run] = world.runs
  expect(run).toMatchObject({ outcome: 'finished', tries: 2, outputTokens: 200, isEstimated: true, purpose: 'answer', model: 'scripted' })
  // The prompt of the try that was cut was read too.
  expect(run?.inputTokens).toBeGreaterThan(1_000)
  expect(run?.cost).toBeCloseTo(((run?.inputTokens ?? 0) * 3 + 200 * 15) / 1_000_000, 9)
  const text = await world.metrics.registry.metrics()
  expect(text).toContain('llm_call_duration_seconds_count{provider="openai-compatible"} 2')
  expect(text).toContain('elenchus_llm_calls_total{provider="openai-compatible",outcome="cut"} 1')
})

describe('what is kept', () => {
  it('[LLM9] answers the same prompt of a project from memory, and asks anew for another project, prompt or after a failure', async () => {
    const { client, models } = worldOf()
    rig.script = inTurn((call) => call.refuse(401), saying('Known'))
    const ask = (text: string, projectId = 'p1') => models.completeCached(client, { ...asking(text), projectId })
    await expect(ask('a')).rejects.toMatchObject({ kind: 'refused' })
    expect([await ask('a'), await ask('a')]).toEqual(['Known', 'Known'])
    expect(rig.calls).toHaveLength(2)
    await ask('b')
    await ask('a', 'p2')
    expect(rig.calls).toHaveLength(4)
  })

  it('[LLM9] shares one call among those who ask the same at once, until the last of them has gone', async () => {
    const { client, models, runs } = worldOf()
    rig.script = silent
    const stops = [0, 1].map(() => new AbortController())
    const asked = stops.map(({ signal }) => models.completeCached(client, asking('a', signal)).catch((error: unknown) => error))
    const call = await rig.call(0)
    stops[0]?.abort()
    expect(await asked[0]).toMatchObject({ kind: 'stopped' })
    const third = models.completeCached(client, asking('a'))
    call.say('Shared')
    call.end()
    expect([await asked[1], await third]).toEqual(['Shared', 'Shared'])
    expect([rig.calls.length, runs.length]).toEqual([1, 1])
    const stop = new AbortController()
    const left = models.completeCached(client, asking('b', stop.signal)).catch((error: unknown) => error)
    const other = await rig.call(1)
    stop.abort()
    await left
    await vi.waitFor(() => expect(other.abortedAtMs).not.toBeNull())
  })
})
