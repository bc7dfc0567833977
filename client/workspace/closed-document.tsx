// What is left of a document that closed for good: why, what was kept, and the text that was not saved.

import Download from 'lucide-react/icons/download'
import type { Project } from '../../shared/wire/projects.ts'
import type { ClosedReason, ProviderConnection } from '../collab/provider-state.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { CopyButton } from '../ui/copy-button.tsx'
import { downloadText, markdownFileName } from '../ui/download.ts'
import { ErrorDetails } from '../ui/error-details.tsx'
import { MessagePage } from '../ui/notice.tsx'
import { usePageTitle } from '../ui/page-title.ts'

interface ClosedDocumentProps {
  project: Project
  connection: Extract<ProviderConnection, { state: 'closed' }>
  /** The whole local text, when part of it was never saved. */
  lostText: string | null
  onReopen: () => void
}

interface Words {
  title: string
  saved: string
  unsaved: string
  canReopen: boolean
}

const lostAccess: Words = {
  title: 'You no longer have access to this project',
  saved: 'Everything you wrote was saved and stays in the project. The copy in this browser was deleted.',
  unsaved:
    'What you wrote before stays in the project. The copy in this browser was deleted; your last edits were not saved: copy them here if you need them.',
  canReopen: false,
}

const wordsByReason: Record<ClosedReason, Words> = {
  access_lost: lostAccess,
  not_found: lostAccess,
  unauthenticated: lostAccess,
  stale_epoch: {
    title: 'The document was rebuilt',
    saved: 'Its history was replaced, so your copy was dropped. Nothing of yours was unsaved.',
    unsaved:
      'Its history was replaced, so your copy was dropped. Here is your text with what was not saved: copy it, then open the document and put back what is missing.',
    canReopen: true,
  },
  refused: {
    title: 'The document could not be opened',
    saved: 'The server refused it; everything you wrote was saved.',
    unsaved: 'The server refused it. Here is your text with what was not saved.',
    canReopen: true,
  },
  destroyed: {
    title: 'The document was closed',
    saved: 'Everything you wrote was saved.',
    unsaved: 'Here is your text with what was not saved.',
    canReopen: true,
  },
}

/** Where the server's own sentence adds something. */
const sayingWhy: readonly ClosedReason[] = ['refused', 'access_lost']

/** The page in place of the editor. */
export function ClosedDocument({ project, connection, lostText, onReopen }: ClosedDocumentProps) {
  const words = wordsByReason[connection.reason]
  usePageTitle(`${words.title}: ${project.name}`)
  const actions = (
    <>
      {lostText !== null && (
        <>
          <CopyButton text={lostText} label="Copy your text" />
          <Button onClick={() => downloadText(markdownFileName(project.name), lostText)}>
            <Download size={16} aria-hidden />
            Download it
          </Button>
        </>
      )}
      {words.canReopen && (
        <Button look="primary" onClick={onReopen}>
          Open the document
        </Button>
      )}
      <ButtonLink to="/">All projects</ButtonLink>
    </>
  )
  return (
    <MessagePage title={words.title} actions={actions}>
      <p role="alert">{lostText === null ? words.saved : words.unsaved}</p>
      {sayingWhy.includes(connection.reason) && connection.error && <p>{connection.error.message}</p>}
      <ErrorDetails code={connection.error?.code ?? connection.reason} />
      {lostText !== null && (
        <textarea
          readOnly
          aria-label="Your text"
          value={lostText}
          className="h-64 w-full rounded-md border border-line-strong bg-code p-3 font-mono text-sm text-text"
        />
      )}
    </MessagePage>
  )
}
