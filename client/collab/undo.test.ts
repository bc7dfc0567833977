// Undo of what the server changed on the person's behalf: one step, apart from what was typed around it and from others' words.

import { beforeEach, describe, expect, it } from 'vitest'
import { encoding } from 'lib0'
import * as Y from 'yjs'
import { messageType } from '../../shared/wire/yjs-messages.ts'
import { Inbox } from './inbox.ts'
import { syncMessage } from './messages.ts'
import { createUndo } from './undo.ts'

const ignore = () => undefined
const hooks = {
  onStep1: ignore,
  onSynced: ignore,
  onAwareness: ignore,
  onQueryAwareness: ignore,
  ask: ignore,
  onGap: ignore,
  onFault: ignore,
}

let server: Y.Doc
let mine: Y.Doc
let inbox: Inbox
let undo: Y.UndoManager
let faults: unknown[]

beforeEach(() => {
  server = new Y.Doc()
  server.getText('content').insert(0, 'old text')
  mine = new Y.Doc()
  const ownEditOrigin = {}
  undo = createUndo(mine.getText('content'), ownEditOrigin)
  faults = []
  inbox = new Inbox({
    doc: mine,
    origin: {},
    ownEditOrigin,
    random: () => 0.5,
    hooks: { ...hooks, onFault: (fault) => faults.push(fault) },
  })
  inbox.receive(syncMessage('step2', Y.encodeStateAsUpdate(server)))
})

/** What `change` makes of the server's text, as an update. */
function serverEdit(change: (text: Y.Text) => void): Uint8Array {
  let update = new Uint8Array()
  server.once('update', (made: Uint8Array) => (update = made.slice()))
  server.transact(() => change(server.getText('content')))
  return update
}

function ownEdit(update: Uint8Array): Uint8Array {
  return encoding.encode((encoder) => {
    encoding.writeVarUint(encoder, messageType.ownEdit)
    encoding.writeVarUint8Array(encoder, update)
  })
}

const type = (at: number, words: string) => {
  mine.getText('content').insert(at, words)
  Y.applyUpdate(server, Y.encodeStateAsUpdate(mine))
}
const text = () => mine.getText('content').toString()

describe('undo of an edit on one’s behalf', () => {
  it('[VER2] is one step, however soon the person types around it, and brings what it removed back', () => {
    type(8, ', mine')
    const update = serverEdit((content) => {
      content.delete(0, 3)
      content.insert(0, 'new')
      content.insert(content.length, '!')
    })
    inbox.receive(ownEdit(update))
    // Everyone's copy of it follows, and is nothing new.
    inbox.receive(syncMessage('update', update))
    type(0, '> ')
    expect(text()).toBe('> new text, mine!')
    undo.undo()
    expect(text()).toBe('new text, mine!')
    undo.undo()
    expect(text()).toBe('old text, mine')
    undo.redo()
    expect(text()).toBe('new text, mine!')
    undo.undo()
    undo.undo()
    expect(text()).toBe('old text')
    expect(faults).toEqual([])
  })

  it('[VER2] leaves what others typed meanwhile, in the words that it removes too', () => {
    inbox.receive(ownEdit(serverEdit((content) => content.insert(0, 'restored '))))
    inbox.receive(
      syncMessage(
        'update',
        serverEdit((content) => content.insert(4, '(theirs)')),
      ),
    )
    expect(text()).toBe('rest(theirs)ored old text')
    undo.undo()
    expect(text()).toBe('(theirs)old text')
  })

  it('[VER2] is no step of anyone else: their undo takes back their own words alone', () => {
    type(0, 'mine ')
    inbox.receive(
      syncMessage(
        'update',
        serverEdit((content) => content.delete(5, 3)),
      ),
    )
    expect(text()).toBe('mine  text')
    undo.undo()
    expect(text()).toBe(' text')
    undo.undo()
    expect(text()).toBe(' text')
  })

  it('[VER2] is not taken while something is missing that it may build on', () => {
    const missed = serverEdit((content) => content.insert(0, 'first '))
    const later = serverEdit((content) => content.insert(6, 'second '))
    const own = serverEdit((content) => content.insert(13, 'own '))
    inbox.receive(syncMessage('update', later))
    inbox.receive(ownEdit(own))
    inbox.receive(syncMessage('update', missed))
    expect(text()).toBe('first second old text')
    inbox.receive(syncMessage('update', own))
    expect(text()).toBe('first second own old text')
    expect(undo.undoStack.length).toBe(0)
  })
})
