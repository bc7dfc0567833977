// y-monaco names a file of Monaco by its old address; since 0.56 the package has it at another.

import { defineConfig } from 'vite'

export default defineConfig({
  resolve: { alias: { 'monaco-editor/esm/vs/editor/editor.api.js': 'monaco-editor/editor/editor.api.js' } },
})
