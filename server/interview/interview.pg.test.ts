// What people may ask of an interview, and how often.

import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { DocumentWorld } from '../../test/rigs/document-world.ts'
import { InterviewNode } from '../../test/rigs/interview-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { InterviewerFailure } from './interviewer.ts'

let fresh: FreshDatabase
let world: DocumentWorld
let node: InterviewNode
let projectId: string

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new DocumentWorld({ url: fresh.url })
  projectId = await world.newProject()
  node = new InterviewNode({ world, requestsPerMinute: 3 })
  node.runs.start()
})
afterEach(async () => {
  await node.runs.stop()
  await world.close()
  await fresh.drop()
})

const ask = (requestId: string, userId = 'ann') => node.interview.ask({ projectId, userId, requestId })

it('[INT4] lets nobody ask for more than their rate, and says when there is room again', async () => {
  for (const requestId of ['1', '2', '3']) await ask(requestId)
  await expect(ask('4')).rejects.toMatchObject({ code: 'rate_limited', details: { retryAfterMs: expect.any(Number) as number } })
  await expect(ask('1', 'bob')).resolves.toMatchObject({ state: 'queued' })
  // Saying something counts with asking.
  const say = node.interview.say({ projectId, userId: 'ann', requestId: '5' }, { text: 'Fifty', mayWrite: true })
  await expect(say).rejects.toMatchObject({ code: 'rate_limited' })
})

it('[INT6] has a message that failed written anew in place of the old one, once', async () => {
  const reader = await node.watch(projectId)
  node.interviewer.onCall = (call) => call.fail(new InterviewerFailure('refused'))
  const { messageId } = await ask('1')
  await vi.waitFor(() => expect(reader.endOf(messageId)).toEqual({ state: 'failed' }))
  node.interviewer.onCall = (call) => {
    call.say('What for?')
    call.end()
  }
  const again = await node.interview.retry(projectId, messageId, 'bob')
  expect(again.messageId).not.toBe(messageId)
  await vi.waitFor(() => expect(reader.endOf(again.messageId)).toMatchObject({ state: 'finished', authorId: 'bob' }))
  await expect(node.interview.retry(projectId, messageId, 'bob')).rejects.toMatchObject({ code: 'message_not_cut' })
  await expect(node.interview.goOn(projectId, again.messageId, 'bob')).rejects.toMatchObject({ code: 'message_not_cut' })
  await expect(node.interview.stop(projectId, again.messageId)).rejects.toMatchObject({ code: 'message_ended' })
  reader.leave()
})

it('[INT7] answers what is written freely in direct mode, and asks nothing then', async () => {
  const reader = await node.watch(projectId)
  await node.interview.setMode(projectId, 'direct')
  await vi.waitFor(() => expect(reader.events.map(({ event, mode }) => [event, mode])).toContainEqual(['interview', 'direct']))
  const coming = node.nextCall()
  const said = await node.interview.say({ projectId, userId: 'ann', requestId: '1' }, { text: 'How many people?', mayWrite: true })
  const call = await coming
  expect(call.context).toMatchObject({ kind: 'answer', conversation: [{ role: 'person', text: 'How many people?' }] })
  call.say('Fifty')
  call.end()
  await vi.waitFor(() => expect(reader.events.at(-1)).toMatchObject({ message: { text: 'Fifty', replyTo: said.messageId, isOpen: false } }))
  const page = await node.interview.list(projectId, undefined, 1)
  expect([page.mode, page.items.map(({ text }) => text)]).toEqual(['direct', ['Fifty']])
  expect((await node.interview.list(projectId, Number(page.nextCursor), 1)).items.map(({ text }) => text)).toEqual(['How many people?'])
  reader.leave()
})
