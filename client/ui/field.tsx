// A labelled text field with its error beside it.

import { useId, useState, type InputHTMLAttributes, type ReactNode, type Ref } from 'react'

/** What every text input of the page looks like. */
export const inputLook =
  'h-9 w-full min-w-0 rounded-md border border-line-strong bg-bg px-3 text-base text-text placeholder:text-muted aria-invalid:border-danger'

interface FieldProps extends Omit<InputHTMLAttributes<HTMLInputElement>, 'id'> {
  label: string
  /** What is wrong with the value, and what to do; announced by screen readers as part of the field. */
  error?: string | undefined
  /** What helps to fill it in, shown while there is no error. */
  hint?: string | undefined
  /** Stands inside the field's right edge. */
  trailing?: ReactNode
  ref?: Ref<HTMLInputElement>
}

/** A text field; `error` replaces `hint` under it. */
export function Field({ label, error, hint, trailing, className = '', ...rest }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className="grid gap-1.5">
      <label htmlFor={id} className="text-sm font-medium">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          className={`${inputLook} ${className}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? noteId : undefined}
          {...rest}
        />
        {trailing}
      </div>
      {note && (
        <p id={noteId} className={`text-sm ${error ? 'text-danger' : 'text-muted'}`}>
          {note}
        </p>
      )}
    </div>
  )
}

/** A password field whose text can be shown; it stays one field for password managers. */
export function PasswordField(props: Omit<FieldProps, 'type' | 'trailing'>) {
  const [isShown, setShown] = useState(false)
  const toggle = (
    <button
      type="button"
      aria-pressed={isShown}
      aria-label="Show password"
      onClick={() => setShown(!isShown)}
      className="absolute inset-y-1 right-1 rounded-md px-2 text-sm text-muted hover:bg-hover hover:text-text"
    >
      {isShown ? 'Hide' : 'Show'}
    </button>
  )
  return <Field {...props} type={isShown ? 'text' : 'password'} className="pr-16" trailing={toggle} />
}
