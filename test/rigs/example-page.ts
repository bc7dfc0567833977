// An example of docs/connect.md as a visitor has it: bundled by Vite, served from an address of its own.

import { createServer, type Server } from 'node:http'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { build } from 'vite'

const types: Readonly<Record<string, string>> = { '.html': 'text/html', '.js': 'text/javascript', '.css': 'text/css', '.ttf': 'font/ttf' }

export interface ExamplePage {
  /** Where it is served. */
  url: string
  close(): Promise<void>
}

/** Bundles `examples/<name>` and serves it; a few seconds. */
export async function serveExample(name: string): Promise<ExamplePage> {
  const outDir = await mkdtemp(join(tmpdir(), 'elenchus-example-'))
  const root = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url))
  await build({ root, logLevel: 'error', build: { outDir, emptyOutDir: true, target: 'es2022' } })
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = join(outDir, pathname === '/' ? 'index.html' : pathname)
    readFile(path).then(
      (content) => response.writeHead(200, { 'content-type': types[extname(path)] ?? 'application/octet-stream' }).end(content),
      () => response.writeHead(404).end(),
    )
  })
  return { url: await listen(server), close: () => close(server, outDir) }
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function close(server: Server, outDir: string): Promise<void> {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await rm(outDir, { recursive: true, force: true })
}
