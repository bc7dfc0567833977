// Asks how a file is to come into the document, with a look at how much it is. Loaded when a file was chosen.

import { limits } from '../../shared/limits.ts'
import { findHeadings } from '../editor/headings.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { tellSuccess } from '../ui/toast.ts'
import { megabytes } from './import-file.ts'
import { importText, type ImportWay } from './import-text.ts'

const previewLines = 6

interface ImportDialogProps {
  name: string
  text: string
  onClose: () => void
}

/** Open as long as it is rendered. Into an empty document both ways are the same, and only one is offered. */
export function ImportDialog({ name, text, onClose }: ImportDialogProps) {
  const { provider } = useOpenProject()
  const lines = text.split('\n')
  const bytes = new TextEncoder().encode(text).length
  const isEmpty = provider.text.toString().trim() === ''
  const hasRoom = bytes + provider.text.length <= limits.documentBytes
  const run = (way: ImportWay) => {
    importText(provider, text, way)
    onClose()
    tellSuccess(`“${name}” was imported. Undo takes it back as one step.`)
  }
  return (
    <Dialog title={`Import “${name}”`} description={sizeWords(text, lines.length, bytes)} isOpen onOpenChange={onClose}>
      <pre className="max-h-40 overflow-hidden rounded-md bg-code p-3 font-mono text-xs whitespace-pre-wrap">
        {lines.slice(0, previewLines).join('\n')}
        {lines.length > previewLines && '\n…'}
      </pre>
      {!isEmpty && (
        <p className="text-muted">
          Replacing keeps what both texts share. Either way everyone sees it at once, and one undo takes it back.
          {!hasRoom && ' Together with what is there it would be more than a document holds, so it cannot be appended.'}
        </p>
      )}
      <div className="flex flex-wrap justify-end gap-2">
        <Button onClick={onClose}>Cancel</Button>
        {!isEmpty && hasRoom && <Button onClick={() => run('append')}>Append</Button>}
        <Button look="primary" onClick={() => run('replace')}>
          {isEmpty ? 'Import' : 'Replace the text'}
        </Button>
      </div>
    </Dialog>
  )
}

function sizeWords(text: string, lineCount: number, bytes: number): string {
  const headings = findHeadings(text.split('\n')).length
  const size = bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} KB` : megabytes(bytes)
  return `${lineCount.toLocaleString()} ${lineCount === 1 ? 'line' : 'lines'}, ${headings} ${headings === 1 ? 'heading' : 'headings'}, ${size}`
}
