// Tiptap in a document of Elenchus: a paragraph is a line of the Markdown.

import { Editor, Extension } from '@tiptap/core'
import Document from '@tiptap/extension-document'
import Paragraph from '@tiptap/extension-paragraph'
import Text from '@tiptap/extension-text'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'
import { PlainLinesBinding, contentOf } from './plain-lines-binding.js'

// index.html#server=ws://127.0.0.1:3000&project=…&token=…: what stands behind the # is sent to nobody.
const { server, project, token } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)))

const doc = new Y.Doc()
const provider = new WebsocketProvider(`${server}/yjs`, project, doc, { params: { token } })
const text = doc.getText('content')

provider.on('status', ({ status }) => show(status))
provider.on('closed', ({ code, reason }) => show(`closed: ${code} ${reason}`))

provider.once('sync', () => {
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([PlainLinesBinding]) })
  // Of one's own edits only: Tiptap's own history would undo what others wrote.
  const Undo = Extension.create({
    name: 'undo',
    addKeyboardShortcuts: () => ({
      'Mod-z': () => history.undo() !== undefined,
      'Mod-Shift-z': () => history.redo() !== undefined,
    }),
  })
  const editor = new Editor({
    element: document.getElementById('editor'),
    extensions: [Document, Paragraph, Text, Undo],
    content: contentOf(text.toString()),
  })
  new PlainLinesBinding(text, editor)
})

function show(status) {
  document.getElementById('status').textContent = status
}
