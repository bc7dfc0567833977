// Adds a line to a spec from Node, as a live editor: node append.js ws://127.0.0.1:3000 <projectId> <token> "- A line."

import { decoding } from 'lib0'
import { WebsocketProvider } from 'y-websocket'
import * as Y from 'yjs'

/** The message type of an ack: the number of what it answers, then an empty text, or the code of the refusal. */
const ackMessage = 111

const [server, project, token, line = ''] = process.argv.slice(2)
const doc = new Y.Doc()
// With acks the server says when an edit is in its database. Node 22 and newer have a WebSocket of their own.
const provider = new WebsocketProvider(`${server}/yjs`, project, doc, { params: { token, acks: '1' }, disableBc: true })

// Answers are counted from 1: the first is to what the provider says of itself at the start, the second to our line.
const ourLine = 2

const outcome = new Promise((resolve, reject) => {
  provider.on('closed', ({ code, reason }) => reject(new Error(`closed: ${code} ${reason}`)))
  provider.messageHandlers[ackMessage] = (_encoder, decoder) => {
    const number = decoding.readVarUint(decoder)
    const code = decoding.readVarString(decoder)
    if (code !== '') reject(new Error(`refused: ${code}`))
    else if (number === ourLine) resolve()
  }
  provider.once('sync', () => {
    const text = doc.getText('content')
    const isAtLineStart = text.length === 0 || text.toString().endsWith('\n')
    text.insert(text.length, `${isAtLineStart ? '' : '\n'}${line}\n`)
  })
})

try {
  await outcome
  process.stdout.write('saved\n')
} catch (error) {
  process.stderr.write(`${error.message}\n`)
  process.exitCode = 1
} finally {
  provider.destroy()
  // Ends the timer of its presence too, which would keep the process alive.
  doc.destroy()
}
