// Asks before something that cannot be taken back, in the row it is about.

import { Button } from '../ui/button.tsx'

interface QuestionProps {
  text: string
  action: string
  isBusy: boolean
  error: string | undefined
  onYes: () => void
  onNo: () => void
}

/** The question; Escape is no. */
export function Question({ text, action, isBusy, error, onYes, onNo }: QuestionProps) {
  return (
    <div
      role="group"
      aria-label={action}
      className="grid animate-appear gap-2 rounded-md border border-line bg-bg-side p-3"
      onKeyDown={(event) => event.key === 'Escape' && onNo()}
    >
      <p>{text}</p>
      {error && (
        <p role="alert" className="text-danger">
          {error}
        </p>
      )}
      <div className="flex gap-2">
        <Button look="primary" autoFocus disabled={isBusy} onClick={onYes}>
          {isBusy ? 'One moment…' : action}
        </Button>
        <Button look="quiet" onClick={onNo}>
          Cancel
        </Button>
      </div>
    </div>
  )
}
