// The spec as text over the live document: tags, minimal edits, merges against a base, and the ends of lines.

import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { DocumentWorld } from '../../test/rigs/document-world.ts'
import { freshDatabase, type FreshDatabase } from '../../test/rigs/private-postgres.ts'
import { changed, docFrom, step1Message, textOf, updateMessage } from '../../test/rigs/yjs-client.ts'
import { SpecTexts } from './spec-texts.ts'

let fresh: FreshDatabase
let world: DocumentWorld
let specTexts: SpecTexts
let projectId: string

beforeEach(async () => {
  fresh = await freshDatabase()
  world = new DocumentWorld({ url: fresh.url })
  specTexts = new SpecTexts({ registry: world.registry, maxBytes: 100_000 })
  projectId = await world.newProject()
})

afterEach(async () => {
  await world.close()
  await fresh.drop()
})

const put = (markdown: string, baseTags: readonly string[] | null = null) =>
  specTexts.replace({ projectId, userId: 'ann', markdown, baseTags })

async function editor() {
  const joined = await world.join(projectId)
  await joined.send(step1Message(Y.encodeStateVector(new Y.Doc())))
  const doc = docFrom(joined.transport.messages)
  return { doc, type: (change: (text: Y.Text) => void) => joined.send(updateMessage(changed(doc, change))) }
}

describe('a spec replaced by a text', () => {
  it('[DOC18] is cleaned of CRLF, lone surrogates and a byte-order mark, and is committed when it is answered', async () => {
    const answer = await put('\uFEFF# A\r\nb\rc \uD83D d\r\n')
    expect(answer.markdown).toBe('# A\nb\nc \uFFFD d\n')
    const other = new DocumentWorld({ url: fresh.url })
    const { document } = await other.join(projectId)
    expect(textOf(document.live.doc)).toBe(answer.markdown)
    await other.close()
  })

  it('[DOC20] is merged with what others wrote since its base was read, and loses neither', async () => {
    const base = await put('one\ntwo\nthree\nfour\n')
    const { type } = await editor()
    await type((text) => text.insert(text.toString().indexOf('two'), 'theirs '))
    await type((text) => text.delete(text.toString().indexOf('four'), 5))
    const merged = await put('one\ntwo ours\nthree\nfour\nfive\n', [base.tag])
    expect(merged.markdown).toBe('one\ntheirs two ours\nthree\nfive\n')
    expect((await specTexts.read(projectId)).tag).toBe(merged.tag)
  })

  it('[DOC20] is refused when its base is no longer held, and nothing is changed', async () => {
    const small = new SpecTexts({ registry: world.registry, maxBytes: 100_000, heldChars: 50 })
    const base = await small.replace({ projectId, userId: 'ann', markdown: 'first\n', baseTags: null })
    await small.replace({ projectId, userId: 'ann', markdown: 'x'.repeat(60), baseTags: null })
    await expect(small.replace({ projectId, userId: 'ann', markdown: 'second\n', baseTags: [base.tag] })).rejects.toMatchObject({
      code: 'base_not_held',
    })
    expect((await small.read(projectId)).markdown).toBe('x'.repeat(60))
  })

  it('[DOC19] is changed by small edits: the cursors and words of those who type stay where they are', async () => {
    await put(Array.from({ length: 100 }, (_, line) => `line ${line} 😀\n`).join(''))
    const { doc } = await editor()
    const text = doc.getText('content')
    const place = Y.createRelativePositionFromTypeIndex(text, text.toString().indexOf('line 50'))
    await put(textOf(doc).replace('line 10 😀', 'line ten 😁').replace('line 90', 'line ninety'))
    const { doc: after } = await editor()
    const found = Y.createAbsolutePositionFromRelativePosition(place, after)
    expect(textOf(after).slice(found?.index).startsWith('line 50')).toBe(true)
    expect((await world.store.load(projectId))?.updates.at(-1)?.payload.byteLength).toBeLessThan(200)
  })

  it('[DOC21] past the limit is too large, and the same text again writes nothing', async () => {
    expect(() => put('x'.repeat(100_001))).toThrow(expect.objectContaining({ code: 'too_large' }))
    const answer = await put('same')
    const rows = await world.rows(projectId)
    expect((await put('same')).tag).toBe(answer.tag)
    expect(await world.rows(projectId)).toBe(rows)
  })
})
