// Takes a picture of every view and state, at every width and in both themes, into docs/screenshots/: npm run screenshots [name…].

import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import sharp from 'sharp'
import { launchBrowser } from './rigs/browser.ts'
import { untilPainted } from './rigs/good-view.ts'
import type { Scene } from './rigs/scene.ts'
import { scenes } from './rigs/screenshot-scenes.ts'
import { startServer } from './rigs/server-process.ts'

const folder = fileURLToPath(new URL('../docs/screenshots/', import.meta.url))
const sizes = [
  { width: 1440, height: 900 },
  { width: 900, height: 740 },
  { width: 360, height: 740 },
] as const
/** Few colours do for a page of text, and the pictures stay small enough to be kept beside the code. */
const colors = 16

async function take({ name, page, widths }: Scene): Promise<void> {
  for (const size of sizes.filter(({ width }) => widths?.includes(width) ?? true)) {
    await page.setViewportSize(size)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
      await untilPainted(page)
      const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
      const small = await sharp(picture).png({ palette: true, colors, dither: 0, compressionLevel: 9, effort: 10 }).toBuffer()
      await writeFile(`${folder}${name}-${size.width}-${colorScheme}.png`, small)
    }
  }
  await page.setViewportSize(sizes[0])
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' })
}

const wanted = process.argv.slice(2)
await mkdir(folder, { recursive: true })
const [server, browser] = await Promise.all([startServer(), launchBrowser()])
try {
  for await (const scene of scenes({ browser, server })) {
    if (wanted.length === 0 || wanted.includes(scene.name)) await take(scene)
  }
} finally {
  await browser.close()
  await server.stop()
}
