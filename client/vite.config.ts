// How the page is built: React and Tailwind, hashed assets in client/dist, the editor in a chunk of its own.

import { fileURLToPath } from 'node:url'
import tailwindcss from '@tailwindcss/vite'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/**
 * Sonner puts its styles into the page by an inline <style> without a nonce, which the page's policy blocks.
 * That call is switched off here; `ui/toaster.tsx` imports the same styles as a file.
 */
function sonnerWithoutInlineStyle(): Plugin {
  return {
    name: 'sonner-without-inline-style',
    transform(code, id) {
      if (!/\/sonner\/dist\/index\.m?js/.test(id)) return undefined
      const silenced = code.replace("typeof document == 'undefined'", 'true')
      if (silenced === code) this.error('sonner injects its styles in another way now: look at its __insertCSS')
      return { code: silenced, map: null }
    },
  }
}

/**
 * The merge view can mark changes in a gutter, which ours does at the lines themselves. What draws gutters would come along with the
 * editor, since it stands in the same file, and so into what the page opens with.
 */
function mergeWithoutGutter(): Plugin {
  return {
    name: 'merge-without-gutter',
    transform(code, id) {
      if (!/\/@codemirror\/merge\/dist\/index\.js/.test(id)) return undefined
      const bare = code.replace(' gutter,', '').replace(' GutterMarker,', '')
      if (code.length - bare.length !== ' gutter, GutterMarker,'.length) this.error('the merge view gets its gutter in another way now')
      return { code: `class GutterMarker {}; const gutter = () => [];\n${bare}`, map: null }
    },
  }
}

/** Parts of libraries that the page never runs, and what stands in their place. */
const leftOut: readonly { module: RegExp; code: string }[] = [
  {
    // Parsers of HTML, CSS and JavaScript for tags inside a Markdown text (60 KB gzipped): such tags stay plain text.
    module: /\/@codemirror\/lang-html\/dist\/index\.js$/,
    code: 'export const html = () => ({ language: {}, support: [] }); export const htmlCompletionSource = () => null',
  },
  {
    // Carets styled by attribute, which the page's policy blocks: `editor/remote-cursors.ts` has ours.
    module: /\/y-codemirror\.next\/src\/y-remote-selections\.js$/,
    code: 'export const yRemoteSelections = []; export const yRemoteSelectionsTheme = []',
  },
  {
    // Yjs's coloured warnings, which bring a whole schema library for their colours: plain ones do.
    module: /\/lib0\/logging\.js$/,
    code: "export const ORANGE = '', BOLD = '', UNBOLD = '', RED = ''; export const print = console.info; export const warn = console.warn",
  },
  // The server speaks WebSocket only.
  { module: /\/engine\.io-client\/build\/esm\/transports\/polling-xhr\.js$/, code: 'export class XHR {}; export class BaseXHR {}' },
  { module: /\/engine\.io-client\/build\/esm\/transports\/webtransport\.js$/, code: 'export class WT {}' },
]

/** Loads the stand-ins; a build in which one of them was not needed fails, since the library must have moved it. */
function leaveOut(): Plugin {
  const used = new Set<RegExp>()
  return {
    name: 'leave-out',
    enforce: 'pre',
    load(id) {
      const entry = leftOut.find(({ module }) => module.test(id))
      if (entry) used.add(entry.module)
      return entry ? { code: entry.code, map: null } : undefined
    },
    buildEnd(error) {
      const missed = leftOut.filter(({ module }) => !used.has(module))
      if (!error && missed.length > 0) this.error(`nothing to leave out at ${missed.map(({ module }) => String(module)).join(', ')}`)
    },
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwindcss(), sonnerWithoutInlineStyle(), mergeWithoutGutter(), leaveOut()],
  build: {
    outDir: fileURLToPath(new URL('dist', import.meta.url)),
    emptyOutDir: true,
    // The first browsers with `light-dark()`, on which both themes rest.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
    // Every browser of `target` preloads modules by itself.
    modulePreload: { polyfill: false },
  },
})
