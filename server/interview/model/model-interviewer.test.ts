// The interviewer that is a model, over a scripted server: what it does when people would wait, and with refs that come in pieces.

import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createLog } from '../../base/log.ts'
import { contextWith } from '../../../test/rigs/interview-context.ts'
import { modelSettings, ModelWorld } from '../../../test/rigs/model-world.ts'
import { saying, ScriptedModel, silent } from '../../../test/rigs/scripted-model.ts'
import { BankInterviewer } from '../bank-interviewer.ts'
import type { InterviewContext, QuestionFacts } from '../interviewer.ts'
import { KnownRefs } from './known-refs.ts'
import { ModelInterviewer } from './model-interviewer.ts'

describe('a model that interviews', () => {
  let rig: ScriptedModel
  beforeEach(async () => {
    rig = await ScriptedModel.start()
  })
  afterEach(() => rig.stop())

  /** What it says of a context, to its end. */
  async function asked(context: InterviewContext, settings: Record<string, string> = {}) {
    const world = new ModelWorld({ ...modelSettings(rig), ...settings })
    const interviewer = new ModelInterviewer({
      modelOf: () => Promise.resolve(world.client),
      builtIn: new BankInterviewer(),
      fallbackMs: 300,
      metrics: world.metrics,
      log: createLog('silent'),
    })
    let text = ''
    let about: QuestionFacts | null = null
    for await (const chunk of interviewer.ask(context, new AbortController().signal)) {
      if ('about' in chunk) ({ about } = chunk)
      else text += chunk.text
    }
    return { text, about: about as QuestionFacts | null, runs: world.runs }
  }

  it('[LLM11] lets the built-in interviewer ask and answer when the model takes too long, and ends its call', async () => {
    rig.script = silent
    const question = await asked(contextWith({}))
    expect(question.text).toMatch(/\?$/)
    expect(question.about?.why).toContain('The model does not answer')
    const answer = await asked(contextWith({ kind: 'answer' }))
    expect(answer.text).toMatch(/^The model does not answer: this is from the built-in interviewer\.\n\n./)
    await vi.waitFor(() => expect(rig.calls.map(({ abortedAtMs }) => abortedAtMs !== null)).toEqual([true, true]))
    expect([...question.runs, ...answer.runs]).toMatchObject([{ outcome: 'stalled' }, { outcome: 'stalled' }])
  })

  it('[LLM12] waits for an answer that has begun as long as it says something', async () => {
    rig.script = saying('It says one word after the other for longer than people wait for the first', 40)
    expect((await asked(contextWith({ kind: 'answer' }))).text).toBe(
      'It says one word after the other for longer than people wait for the first',
    )
  })

  it('[LLM10] goes on with a question that was cut in the words that people have seen, or ends where it was complete', async () => {
    const about = { category: 'goals', askedAs: 'product manager', why: 'It matters.', questionId: null, suggestions: [] } as const
    const whole = 'Which figure will tell you after a year that it was worth it?'
    rig.script = saying(JSON.stringify({ question: whole, why: 'It matters.', suggestions: [] }))
    const soFar = 'Which figure will'
    expect((await asked(contextWith({ soFar, about }))).text).toBe(whole.slice(soFar.length))
    expect((await asked(contextWith({ soFar: whole, about }))).text).toBe('')
    expect(rig.calls).toHaveLength(1)
    const other = await asked(contextWith({ soFar: 'Who of all people', about }))
    expect(other.text).toMatch(/^\n\n.*\?$/s)
    expect(other.about?.why).toContain('built-in interviewer')
  })
})

describe('refs in an answer', () => {
  const read = (pieces: readonly string[]) => {
    const refs = new KnownRefs([1, 12])
    return pieces.map((piece) => refs.push(piece)).join('') + refs.end()
  }

  it('[LLM12] are checked wherever their pieces are cut', () => {
    const words = fc.constantFrom(
      'SPEC-1',
      'SPEC-12',
      'SPEC-123',
      'spec-2',
      'SPEC-',
      'SPEC',
      'SP',
      's',
      ' ',
      '-',
      '7',
      'ASPEC-3',
      'a',
      '\n',
      '😀',
    )
    const text = fc.array(words, { maxLength: 12 }).map((list) => list.join(''))
    fc.assert(
      fc.property(text, fc.array(fc.nat(40), { maxLength: 8 }), (whole, cuts) => {
        const at = [0, ...cuts.map((cut) => Math.min(cut, whole.length)), whole.length].toSorted((a, b) => a - b)
        const pieces = at.slice(1).map((to, index) => whole.slice(at[index], to))
        expect(read(pieces)).toBe(read([whole]))
      }),
      { numRuns: 2_000 },
    )
    expect(read(['As SPEC-12 and spec-2 say, SPEC-123 or ASPEC-3'])).toBe('As SPEC-12 and (no such item) say, (no such item) or ASPEC-3')
  })
})
