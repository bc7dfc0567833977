// A restore against what others do in the same moment: typing while the texts are compared, and another restore.

import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as Y from 'yjs'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { VersionWorld } from '../../test/rigs/version-world.ts'
import { docFrom, step1Message, textOf, typed, updateMessage } from '../../test/rigs/yjs-client.ts'
import { unpack } from './packed-text.ts'

let fresh: FreshDatabase
let world: VersionWorld
let projectId: string

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new VersionWorld({ url: fresh.url })
  projectId = await world.newProject()
})

afterEach(async () => {
  await world.close()
  await fresh.drop()
})

async function typeAs(userId: string, words: string): Promise<void> {
  const joined = await world.join(projectId, { userId })
  await joined.send(step1Message(Y.encodeStateVector(new Y.Doc())))
  expect(await joined.send(updateMessage(typed(words, docFrom(joined.transport.messages)).update))).toBeNull()
  joined.leave()
}

async function liveText(): Promise<string> {
  const joined = await world.join(projectId)
  joined.leave()
  return textOf(joined.document.live.doc)
}

const name = async (given: string) => (await world.maker.make({ projectId, kind: 'named', name: given, authorId: 'ann' })).id

describe('a restore', () => {
  it('[VER12] keeps what is typed while the texts are compared, and the version of before holds what it took away', async () => {
    await typeAs('ann', 'kept\n')
    const versionId = await name('kept')
    await typeAs('ann', 'goes\n')
    const compare = world.workers.edits.bind(world.workers)
    vi.spyOn(world.workers, 'edits').mockImplementationOnce(async (from, to) => {
      const edits = await compare(from, to)
      await typeAs('bob', 'typed meanwhile\n')
      return edits
    })
    const { beforeId } = await world.restorer.restore({ projectId, userId: 'ann', versionId })
    expect(await liveText()).toBe('# Spec\nkept\ntyped meanwhile\n')
    const before = await world.versions.find(projectId, beforeId)
    expect(await unpack(before?.content ?? new Uint8Array())).toBe('# Spec\nkept\ngoes\n')
  })

  it('[VER12] of two people at once leaves one text of the two, and each state in between is kept', async () => {
    await typeAs('ann', 'one\n')
    const one = await name('one')
    await typeAs('ann', 'two\n')
    const two = await name('two')
    await typeAs('ann', 'three\n')
    await Promise.all([
      world.restorer.restore({ projectId, userId: 'ann', versionId: one }),
      world.restorer.restore({ projectId, userId: 'bob', versionId: two }),
    ])
    // What both take away goes once; what one of them keeps, the other may take away.
    expect(['# Spec\none\n', '# Spec\none\ntwo\n']).toContain(await liveText())
    const texts = await Promise.all(
      (await world.list(projectId)).map(async ({ id }) => unpack((await world.versions.find(projectId, id))?.content ?? new Uint8Array())),
    )
    expect(texts).toContain('# Spec\none\ntwo\nthree\n')
  })
})
