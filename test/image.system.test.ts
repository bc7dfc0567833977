// The image, built step by step in a clean folder, and a node of it run on a database of its own.

import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildImage, type Image } from './rigs/image.ts'
import { freshDatabase } from './rigs/private-postgres.ts'
import { startServer, type ServerProcess } from './rigs/server-process.ts'

const run = promisify(execFile)

describe('the image', () => {
  let image: Image
  let database: Awaited<ReturnType<typeof freshDatabase>>
  let server: ServerProcess

  beforeAll(async () => {
    ;[image, database] = await Promise.all([buildImage(), freshDatabase()])
    server = await startServer({ code: image.folder, env: { ...image.env, DATABASE_URL: database.url } })
  }, 240_000)

  afterAll(async () => {
    await server?.stop()
    await database?.drop()
    await image?.remove()
  })

  it('[OPS32] serves the page it brought along, without the tools that made it', async () => {
    const page = await fetch(server.url, { headers: { accept: 'text/html' } })
    expect(page.status).toBe(200)
    const script = /src="([^"]+\.js)"/.exec(await page.text())?.[1]
    expect((await fetch(new URL(script ?? '', server.url))).status).toBe(200)
    expect(server.output()).not.toContain('client.build_started')
    expect(existsSync(`${image.folder}/node_modules/@rolldown`)).toBe(false)
  })

  it('[OPS32] is healthy by its own check while it runs, and not when it is gone', async () => {
    expect(image.command).toEqual(['node', 'server/main.ts'])
    const [, ...words] = image.healthCommand
    const check = () => run(process.execPath, words, { env: { PORT: String(server.port) } })
    await check()
    await server.terminate()
    await expect(check()).rejects.toMatchObject({ code: 1 })
  })

  it('[OPS32] is small: what a node does not use is left out', async () => {
    const { stdout } = await run('du', ['-sm', image.folder])
    expect(Number.parseInt(stdout)).toBeLessThan(150)
  })
})
