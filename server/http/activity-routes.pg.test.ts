// The activity feed over HTTP: what happened from all sources in one order, to everyone in the project.

import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Activity, ActivityList } from '../../shared/wire/activity.ts'
import type { RequestOptions } from '../../test/rigs/http-app.ts'
import { startWholeApp, type WholeApp } from '../../test/rigs/whole-app.ts'

let whole: WholeApp
let owner: { token: string; userId: string }

beforeAll(async () => {
  whole = await startWholeApp()
  owner = await whole.signUp('Ada Lovelace')
})
afterAll(() => whole.close())

async function ask<Answer>(path: string, options: RequestOptions = {}): Promise<{ status: number; body: Answer }> {
  const response = await whole.request(path, { token: owner.token, ...options })
  const text = await response.text()
  return { status: response.status, body: (text === '' ? null : JSON.parse(text)) as Answer }
}

const brief = ({ kind, people, subject }: Activity) => [kind, people.map(({ name }) => name).join('+'), subject?.name ?? null]

describe('the activity feed', () => {
  it('[QUA12] holds members, versions, work on the text and conflicts in one order, and no address of a link', async () => {
    const { body: project } = await ask<{ id: string }>('/api/projects', { body: { name: 'Kiln' } })
    const path = `/api/projects/${project.id}`
    const grace = await whole.signUp('Grace Hopper')
    const { body: link } = await ask<{ token: string }>(`${path}/invitations`, {
      body: { role: 'viewer', email: 'grace.hopper@example.org' },
    })
    await ask(`/api/invitations/${link.token}/accept`, { body: {}, token: grace.token })
    await ask(`${path}/members/${grace.userId}`, { method: 'PATCH', body: { role: 'commenter' } })
    await whole.database.query(
      'test.work',
      (sql) => sql`
        insert into versions (project_id, number, kind, author_ids, text_hash, content, size_bytes, taken_at)
        values (${project.id}, 1, 'automatic', ${[grace.userId, owner.userId, 'gone']}::text[], '', '', 0, now())`,
    )
    const conflict = {
      why: 'Both cannot be.',
      severity: 'high',
      kind: 'contradiction',
      resolution: 'merge',
      closedBy: 'person',
      decidedBy: owner.userId,
    }
    await whole.appEvents.emit(project.id, 'conflict:opened', {
      conflict: { ...conflict, decidedBy: null, resolution: null, closedBy: null },
    })
    await whole.appEvents.emit(project.id, 'quality', { maturity: 3 })
    await whole.appEvents.emit(project.id, 'message:finished', { message: { role: 'interviewer', authorId: null } })
    await whole.appEvents.emit(project.id, 'message:finished', { message: { role: 'person', authorId: grace.userId } })
    await whole.appEvents.emit(project.id, 'conflict:closed', { conflict })

    // What nobody has made a version of yet is there at once.
    await ask(`${path}/spec`, { method: 'PUT', body: { markdown: '# Kiln\n\n- It fires\n' } })
    const { status, body } = await ask<ActivityList>(`${path}/activity`, { token: grace.token })
    expect(status).toBe(200)
    expect(body.items.map(brief)).toEqual([
      ['spec.edited', 'Ada Lovelace', null],
      ['conflict:closed', 'Ada Lovelace', null],
      ['message:finished', 'Grace Hopper', null],
      ['conflict:opened', '', null],
      ['spec.edited', 'Grace Hopper+Ada Lovelace+', null],
      ['member.role_changed', 'Ada Lovelace', 'Grace Hopper'],
      ['member.joined', 'Grace Hopper', null],
      ['project.created', 'Ada Lovelace', null],
    ])
    expect(body.items[1]?.details).toEqual({
      why: 'Both cannot be.',
      severity: 'high',
      kind: 'contradiction',
      resolution: 'merge',
      closedBy: 'person',
    })
    expect(JSON.stringify(body)).not.toContain('@example.org')
  })

  it('[QUA12] comes in pages that neither skip nor repeat, also where times are equal', async () => {
    const { body: project } = await ask<{ id: string }>('/api/projects', { body: { name: 'Loom' } })
    for (let at = 0; at < 12; at++) await whole.appEvents.emit(project.id, 'conflict:opened', { conflict: { why: `Number ${at}` } })
    await whole.database.query(
      'test.same_time',
      (sql) => sql`
        with events as (update app_events set created_at = '2026-01-01' where project_id = ${project.id})
        update audit_events set at = '2026-01-01' where project_id = ${project.id}`,
    )
    const seen: string[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const { body }: { body: ActivityList } = await ask<ActivityList>(
        `/api/projects/${project.id}/activity?limit=5${cursor && `&cursor=${cursor}`}`,
      )
      seen.push(...body.items.map(({ details, kind }) => String(details['why'] ?? kind)))
      cursor = body.nextCursor
    }
    expect(seen).toEqual([...Array.from({ length: 12 }, (_, at) => `Number ${11 - at}`), 'project.created'])
    expect((await ask(`/api/projects/${project.id}/activity?cursor=rubbish`)).status).toBe(422)
  })
})
