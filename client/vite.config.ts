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
 * The Markdown language brings parsers of HTML, CSS and JavaScript (60 KB gzipped) for tags inside a text. A spec needs none:
 * this stands in their place, and such tags stay plain text.
 */
function markdownWithoutHtml(): Plugin {
  const stub = '\0no-html-language'
  return {
    name: 'markdown-without-html',
    enforce: 'pre',
    resolveId: (id) => (id === '@codemirror/lang-html' ? stub : undefined),
    load: (id) => (id === stub ? 'export const html = () => ({ language: {}, support: [] }); export const htmlCompletionSource = () => null' : undefined),
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  plugins: [react(), tailwindcss(), sonnerWithoutInlineStyle(), markdownWithoutHtml()],
  build: {
    outDir: fileURLToPath(new URL('dist', import.meta.url)),
    emptyOutDir: true,
    // The first browsers with `light-dark()`, on which both themes rest.
    target: ['chrome123', 'firefox120', 'safari17.5'],
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
})
