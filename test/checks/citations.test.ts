// Proves that a rule without a test, a test without a rule and a rule given twice are seen.

import { describe, expect, it } from 'vitest'
import { compareCitations } from './citations.ts'

const spec = '## DOC\n\n- **DOC1** An ack means committed.\n- **DOC2** The same update twice is nothing.\n'
// The bracket is put in here, so that this file itself cites nothing.
const file = (caller: string, ids: string) => ({ path: 'a.test.ts', text: `${caller}('${'['}${ids}] does so', () => {})` })

describe('citations', () => {
  it('is content when every rule has a test', () => {
    expect(compareCitations(spec, [file('it', 'DOC1'), file('it.each([1])', 'DOC2')])).toEqual({ rules: 2, citations: 2, problems: [] })
    expect(compareCitations(spec, [file('it', 'DOC1, DOC2')]).problems).toEqual([])
  })

  it('names a rule without a test, and does not count a skipped one', () => {
    const { problems } = compareCitations(spec, [file('it', 'DOC1'), file('it.skip', 'DOC2')])
    expect(problems).toEqual(['DOC2 has no test whose title begins with [DOC2].'])
  })

  it('names a test that cites what is no rule', () => {
    const { problems } = compareCitations(spec, [file('it', 'DOC1, DOC2'), file('test', 'DOC9')])
    expect(problems).toEqual(['a.test.ts cites [DOC9], which is no rule of SPEC.md.'])
  })

  it('names an id that was given twice', () => {
    const { problems } = compareCitations(`${spec}- **DOC1** Again.\n`, [file('it', 'DOC1, DOC2')])
    expect(problems).toEqual(['SPEC.md has DOC1 more than once.'])
  })
})
