// Quality over HTTP, over live texts: maturity, phases and gates, ways on, and a project's own figures.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { QualityPaths, QualityReport, TablesAnswer } from '../../shared/wire/quality.ts'
import type { RequestOptions } from '../../test/rigs/http-app.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

let whole: WholeApp
let owner: { token: string; userId: string }
let editor: { token: string; userId: string }
let counted = 0

beforeAll(async () => {
  whole = await startWholeApp()
  owner = await whole.signUp('Ada Lovelace')
  editor = await whole.signUp('Grace Hopper')
})
afterAll(() => whole.close())

async function ask<Answer>(path: string, options: RequestOptions = {}): Promise<{ status: number; body: Answer }> {
  const response = await whole.request(path, { token: owner.token, ...options })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Answer }
}

/** A project with an editor in it and a text; gives its path. */
async function projectWith(markdown: string): Promise<string> {
  const { body } = await ask<{ id: string }>('/api/projects', { body: { name: `Kiln ${++counted}` } })
  const path = `/api/projects/${body.id}`
  const { body: link } = await ask<{ token: string }>(`${path}/invitations`, { body: { role: 'editor' } })
  await ask(`/api/invitations/${link.token}/accept`, { body: {}, token: editor.token })
  await write(path, markdown)
  return path
}

const write = (path: string, markdown: string) => ask(`${path}/spec`, { method: 'PUT', body: { markdown } })
const quality = async (path: string) => (await ask<QualityReport>(`${path}/quality`)).body

interface Problem {
  code: string
  conditions?: { says: string; how: string; kind: string }[]
  paths?: QualityPaths
}
const goTo = (path: string, to: string, options: RequestOptions = {}, override?: { reason: string }) =>
  ask<QualityReport & Problem>(`${path}/phase`, { body: { to, ...(override ? { override } : {}) }, ...options })

const targets = { Goals: 10, Requirements: 15, 'Tech stack': 12, Scalability: 8, Security: 10, Performance: 8, Testing: 8, Monitoring: 6 }
const deeds = [
  'weighs',
  'prints',
  'archives',
  'exports',
  'rejects',
  'merges',
  'schedules',
  'translates',
  'refunds',
  'signs',
  'counts',
  'sorts',
]
/** Sections with as many different items as make them whole. */
const whole60 = Object.entries(targets)
  .map(([heading, count]) => {
    const items = Array.from(
      { length: count },
      (_, at) => `- The ${heading.toLowerCase()} clerk ${deeds[at % 12]} ledger ${at} within ${at + 2} s`,
    )
    return `## ${heading}\n\n${items.join('\n')}\n`
  })
  .join('\n')

describe('quality over HTTP', () => {
  it('[QUA14] is that of the text as it is at the time, copies and vague items told apart', async () => {
    const path = await projectWith('## Goals\n\n- Orders arrive within 2 days\n- The shop is fast\n- orders ARRIVE within 2 days.\n')
    const first = await quality(path)
    expect(first).toMatchObject({
      phase: 'discovery',
      maturity: 1.67,
      items: { total: 3, vague: 1, copies: 1, unconfirmed: 0 },
      phaseChanges: [],
    })
    expect(first.categories[0]).toEqual({ key: 'goals', score: 1.5, target: 10, percent: 15, items: 3, gap: 'critical' })
    expect(first.gates.map(({ phase, isGreen }) => [phase, isGreen])).toEqual([
      ['analysis', false],
      ['design', false],
      ['implementation', false],
    ])
    expect(first.lifts.find(({ kind }) => kind === 'clarify')).toMatchObject({ category: 'goals', items: [{ ref: 'SPEC-2' }] })
    await write(path, '## Goals\n\n- Orders arrive within 2 days\n- A page answers within 200 ms\n')
    expect((await quality(path)).maturity).toBe(2.22)
  })

  it('[QUA6] [QUA8] counts what the rules find in the text, at the gate and in what going on would cost, until the text is mended', async () => {
    const path = await projectWith(
      '# Tech stack\n\n- The system must use PostgreSQL as its database.\n- The system must use MongoDB as its database.\n',
    )
    const unmet = async () => {
      const [analysis] = (await quality(path)).gates
      return analysis?.conditions.filter(({ kind, isMet }) => kind === 'conflicts' && !isMet)
    }
    await expect.poll(unmet).toEqual([expect.objectContaining({ actual: 1, how: expect.stringMatching(/\S/) })])
    const { body: ways } = await ask<QualityPaths>(`${path}/quality/paths?goal=advance`)
    const risks = ways.paths.find(({ kind }) => kind === 'now')?.probabilityParts.filter(({ kind }) => kind === 'conflict')
    expect(risks).toEqual([expect.objectContaining({ amount: 0.2, conflictId: expect.stringMatching(/\S/) })])
    await write(path, '# Tech stack\n\n- The system must use PostgreSQL as its database.\n')
    await expect.poll(unmet).toEqual([])
  })

  it('[QUA15] refuses a closed gate with each condition, how to meet it and the ways on, and lets everyone who writes through an open one', async () => {
    const path = await projectWith('## Goals\n\n- Orders arrive within 2 days\n')
    const refused = await goTo(path, 'analysis', { token: editor.token })
    expect([refused.status, refused.body.code]).toEqual([409, 'gate_closed'])
    expect(refused.body.conditions).toMatchObject([
      { kind: 'maturity', says: 'Maturity is at least 60 %.', how: expect.stringMatching(/^Add or confirm 53 clear items/) as string },
    ])
    expect(refused.body.paths?.paths.length).toBeGreaterThan(1)
    expect((await goTo(path, 'implementation')).body.paths?.to).toBe('implementation')
    expect((await quality(path)).phase).toBe('discovery')

    await write(path, whole60)
    const gone = await goTo(path, 'analysis', { token: editor.token })
    expect(gone).toMatchObject({ status: 200, body: { phase: 'analysis', phaseChanges: [{ byName: 'Grace Hopper', override: null }] } })
    expect((await ask<{ phase: string }>(path)).body.phase).toBe('analysis')
    expect(await goTo(path, 'design')).toMatchObject({ status: 200, body: { phase: 'design' } })
    expect(await goTo(path, 'implementation')).toMatchObject({ status: 409, body: { code: 'gate_closed' } })
    // Back is always open, and the same again is no change.
    expect(await goTo(path, 'discovery', { token: editor.token })).toMatchObject({ status: 200, body: { phase: 'discovery' } })
    expect((await goTo(path, 'discovery')).body.phaseChanges).toHaveLength(3)
  })

  it('[QUA15] lets an owner alone pass a closed gate, for a reason that is kept and shown with what was lacking', async () => {
    const path = await projectWith('## Goals\n\n- Orders arrive within 2 days\n')
    expect(await goTo(path, 'analysis', { token: editor.token }, { reason: 'We are late' })).toMatchObject({ status: 403 })
    expect((await goTo(path, 'analysis', {}, { reason: '  ' })).status).toBe(422)
    const { body } = await goTo(path, 'design', {}, { reason: ' The pilot\nstarts on Monday ' })
    expect(body.phase).toBe('design')
    expect(body.phaseChanges[0]).toMatchObject({
      from: 'discovery',
      to: 'design',
      byName: 'Ada Lovelace',
      override: { reason: 'The pilot starts on Monday', unmet: expect.arrayContaining(['Maturity is at least 80 %.']) as string[] },
    })
    const { body: feed } = await ask<{ items: { kind: string; details: unknown }[] }>(`${path}/activity`)
    expect(feed.items[0]).toMatchObject({
      kind: 'project.phase_changed',
      details: { phase: 'design', reason: 'The pilot starts on Monday' },
    })
    const { body: events } = await ask<{ items: { event: string; phase?: string }[] }>(`${path}/events`)
    expect(events.items.at(-1)).toMatchObject({ event: 'quality', phase: 'design' })
  })

  it('[QUA15] lets one of those who change the phase at once do so', async () => {
    const path = await projectWith(whole60)
    const answers = await Promise.all(Array.from({ length: 6 }, () => goTo(path, 'analysis', {}, { reason: 'At once' })))
    const { phase, phaseChanges } = await quality(path)
    expect([phase, phaseChanges.length]).toEqual(['analysis', 1])
    // The gate is open: no reason is kept. Who came late found it done, or was told that somebody else was first.
    expect(phaseChanges[0]?.override).toBeNull()
    for (const { status, body } of answers) expect([200, 'phase_changed']).toContain(status === 200 ? 200 : body.code)
  })

  it('[QUA16] gives the ways to each goal, and refuses a goal that is none', async () => {
    const path = await projectWith('## Goals\n\n- Orders arrive within 2 days\n')
    const { body } = await ask<QualityPaths>(`${path}/quality/paths`)
    expect(body).toMatchObject({ goal: 'advance', to: 'analysis' })
    const totals = body.paths.map(({ expectedTotal }) => expectedTotal)
    expect(body.paths.find(({ kind }) => kind === body.recommended)?.expectedTotal).toBe(Math.min(...totals))
    expect(await ask<QualityPaths>(`${path}/quality/paths?goal=generate`)).toMatchObject({ body: { goal: 'generate', to: 'design' } })
    expect(await ask<QualityPaths>(`${path}/quality/paths?goal=skip:security`)).toMatchObject({ body: { goal: 'skip:security' } })
    for (const goal of ['skip:users', 'skip', 'win']) expect((await ask(`${path}/quality/paths?goal=${goal}`)).status).toBe(422)
  })

  it('[QUA16] reckons by the figures that owners gave the project, whoever gave which at once', async () => {
    const path = await projectWith('## Goals\n\n- Orders arrive within 2 days\n')
    const changes = [
      { targets: { goals: 1 } },
      { gates: { analysis: { maturity: 1, openConflicts: null } } },
      { paths: { fillPoints: { critical: 10 } } },
      { gates: { design: { categories: { testing: null } } } },
    ]
    const answers = await Promise.all(changes.map((body) => ask(`${path}/quality/tables`, { method: 'PATCH', body })))
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200])
    const { body } = await ask<TablesAnswer>(`${path}/quality/tables`, { token: editor.token })
    expect(body.own).toEqual(Object.assign({}, changes[0], changes[2], { gates: { ...changes[1]?.gates, ...changes[3]?.gates } }))
    expect(body.tables.gates.design.categories).toEqual({ security: 80, tech_stack: 80 })
    expect(await quality(path)).toMatchObject({
      maturity: 1.23,
      categories: [{ key: 'goals', percent: 100, target: 1 }, {}, {}, {}, {}, {}, {}, {}, {}, {}],
    })
    expect((await goTo(path, 'analysis')).status).toBe(200)
    const { body: paths } = await ask<QualityPaths>(`${path}/quality/paths`)
    expect(paths.paths.find(({ kind }) => kind === 'critical')?.effort).toBe(90)
    expect((await ask(`${path}/quality/tables`, { method: 'PATCH', body: { targets: { users: 3 } } })).status).toBe(422)
    expect(await ask<TablesAnswer>(`${path}/quality/tables`, { method: 'PATCH', body: { reset: true } })).toMatchObject({
      body: { own: {} },
    })
  })

  it('[QUA11] dismisses a notice for everyone; one that is not there is not found', async () => {
    const items = Array.from({ length: 12 }, (_, at) => `- The vault ${deeds[at]} key ${at} within ${at + 1} s`).join('\n')
    const path = await projectWith(`## Security\n\n${items}\n`)
    expect((await quality(path)).notices).toMatchObject([{ id: 'tunnel_vision:security', evidenceCount: 12 }])
    const dismiss = (id: string) =>
      ask<QualityReport>(`${path}/notices/${encodeURIComponent(id)}/dismiss`, { method: 'POST', token: editor.token })
    expect(await dismiss('tunnel_vision:security')).toMatchObject({ status: 200, body: { notices: [] } })
    expect((await dismiss('tunnel_vision:security')).status).toBe(404)
    const more = (count: number) => `${items}\n${Array.from({ length: count }, (_, at) => `- The safe opens for role ${at}`).join('\n')}`
    await write(path, `## Security\n\n${more(2)}\n`)
    expect((await quality(path)).notices).toEqual([])
    await write(path, `## Security\n\n${more(3)}\n`)
    expect((await quality(path)).notices).toMatchObject([{ id: 'tunnel_vision:security' }])
  })
})
