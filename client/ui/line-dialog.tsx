// A dialog that asks for one line of text, such as a name or a reason.

import { useState, type FormEvent, type ReactNode } from 'react'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { Field } from './field.tsx'

interface LineDialogProps {
  title: string
  description: string
  field: { label: string; name: string; maxLength: number; before?: string }
  /** Said when nothing was written. */
  missing: string
  /** Why it was not done. */
  fault: string | undefined
  /** What the button says, and what it says while it is being done. */
  submit: { label: string; pending: string; isPending: boolean }
  cancel: string
  onSubmit: (text: string) => void
  onClose: () => void
  /** What there is to know before one writes. */
  children?: ReactNode
}

/** Open as long as it is rendered. Enter does it, with what was written without space around it; Escape calls it off. */
export function LineDialog({ title, description, field, missing, fault, submit, cancel, onSubmit, onClose, children }: LineDialogProps) {
  const [text, setText] = useState(field.before ?? '')
  const [isMissing, setMissing] = useState(false)
  const send = (event: FormEvent) => {
    event.preventDefault()
    const trimmed = text.trim()
    setMissing(trimmed === '')
    if (trimmed !== '') onSubmit(trimmed)
  }
  return (
    <Dialog title={title} description={description} isOpen onOpenChange={(isOpen) => !isOpen && onClose()}>
      {children}
      <form noValidate onSubmit={send} className="grid gap-4">
        <Field
          label={field.label}
          name={field.name}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={field.maxLength}
          autoComplete="off"
          autoFocus
          error={isMissing ? missing : fault}
        />
        <div className="flex justify-end gap-2">
          <Button look="quiet" onClick={onClose}>
            {cancel}
          </Button>
          <Button type="submit" look="primary" disabled={submit.isPending}>
            {submit.isPending ? submit.pending : submit.label}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
