// Monaco in a document of Elenchus.

import * as monaco from 'monaco-editor/editor/editor.api.js'
import EditorWorker from 'monaco-editor/editor/editor.worker.js?worker'
import { MonacoBinding } from 'y-monaco'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

globalThis.MonacoEnvironment = { getWorker: () => new EditorWorker() }

// index.html#server=ws://127.0.0.1:3000&project=…&token=…: what stands behind the # is sent to nobody.
const { server, project, token } = Object.fromEntries(new URLSearchParams(location.hash.slice(1)))

const doc = new Y.Doc()
const provider = new WebsocketProvider(`${server}/yjs`, project, doc, { params: { token } })

provider.on('status', ({ status }) => show(status))
provider.on('closed', ({ code, reason }) => show(`closed: ${code} ${reason}`))

provider.once('sync', () => {
  const model = monaco.editor.createModel('', 'plaintext')
  // On Windows Monaco would write CRLF, which is two characters in the shared text.
  model.setEOL(monaco.editor.EndOfLineSequence.LF)
  const editor = monaco.editor.create(document.getElementById('editor'), { model, wordWrap: 'on', minimap: { enabled: false } })
  const text = doc.getText('content')
  const binding = new MonacoBinding(text, model, new Set([editor]), provider.awareness)
  // Monaco's own history does not know where others' edits have moved the text: undo goes by the shared one, and takes back one's own.
  const history = new Y.UndoManager(text, { trackedOrigins: new Set([binding]) })
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyZ, () => history.undo())
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.KeyZ, () => history.redo())
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyY, () => history.redo())
})

function show(status) {
  document.getElementById('status').textContent = status
}
