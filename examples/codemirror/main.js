// CodeMirror 6 in a document of Elenchus: others' carets, and undo of one's own edits only.

import { EditorState } from '@codemirror/state'
import { EditorView, keymap } from '@codemirror/view'
import { markdown } from '@codemirror/lang-markdown'
import { WebsocketProvider } from 'y-websocket'
import { yCollab, yUndoManagerKeymap } from 'y-codemirror.next'
import * as Y from 'yjs'

// index.html#server=ws://127.0.0.1:3000&project=…&token=…: what stands behind the # is sent to nobody.
const { server, project, token } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)))

const doc = new Y.Doc()
const provider = new WebsocketProvider(`${server}/yjs`, project, doc, { params: { token } })
const text = doc.getText('content')

provider.on('status', ({ status }) => show(status))
// The provider gives up on 44xx alone; anything else it tries again.
provider.on('closed', ({ code, reason }) => show(`closed: ${code} ${reason}`))

// The editor begins with what is there: a text inserted before the first sync would be in the document twice.
provider.once('sync', () => {
  new EditorView({
    parent: document.getElementById('editor'),
    state: EditorState.create({
      doc: text.toString(),
      extensions: [markdown(), EditorView.lineWrapping, keymap.of(yUndoManagerKeymap), yCollab(text, provider.awareness)],
    }),
  })
})

function show(status) {
  document.getElementById('status').textContent = status
}
