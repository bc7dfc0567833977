// A model for `load:streams`: an OpenAI-compatible server whose answer has as many tokens, at such a pace, as what was said last asks for.

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** In what was said: so many tokens, so many a second; with 0 all at once. */
const orderPattern = /(\d+) tokens at (\d+) a second/g
const tickMs = 10
const words = ['the ', 'ward ', 'keeps ', 'every ', 'order ', 'for ', 'thirty ', 'days, ', 'and ', 'says so. ']

const event = (content: string, finish: string | null = null): string => {
  const choice = { index: 0, delta: finish === null ? { role: 'assistant', content } : {}, finish_reason: finish }
  return `data: ${JSON.stringify({ id: 'c', object: 'chat.completion.chunk', created: 0, model: 'tokens', choices: [choice] })}\n\n`
}
const events = words.map((word) => event(word))

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const order = [...Buffer.concat(chunks).toString().matchAll(orderPattern)].at(-1)
  const [tokens, rate] = [Number(order?.[1] ?? 20), Number(order?.[2] ?? 100)]
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  const startMs = performance.now()
  let sent = 0
  const timer = setInterval(() => {
    const due = rate === 0 ? tokens : Math.min(tokens, Math.ceil(((performance.now() - startMs) * rate) / 1000))
    for (; sent < due; sent++) response.write(events[sent % events.length])
    if (sent < tokens) return
    clearInterval(timer)
    response.end(`${event('', 'stop')}data: [DONE]\n\n`)
  }, tickMs)
  response.on('close', () => clearInterval(timer))
}

const server = createServer((request, response) => void answer(request, response))
server.listen(0, '127.0.0.1', () => process.stdout.write(`ready at http://127.0.0.1:${(server.address() as AddressInfo).port}\n`))
process.on('SIGTERM', () => process.exit(0))
