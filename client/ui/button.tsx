// The button: three looks, one size, a link that looks like one included.

import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import { Link } from 'wouter'

type Look = 'primary' | 'plain' | 'quiet'

const shape =
  'inline-flex h-8 shrink-0 items-center justify-center gap-1.5 rounded-md px-3 text-base font-medium whitespace-nowrap transition-colors duration-150 disabled:cursor-not-allowed disabled:opacity-60'

const looks: Record<Look, string> = {
  primary: 'bg-accent-fill text-white hover:not-disabled:bg-accent-fill-hover',
  plain: 'border border-line bg-raised text-text hover:not-disabled:bg-hover',
  quiet: 'text-muted hover:not-disabled:bg-hover hover:not-disabled:text-text',
}

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: Look
  ref?: Ref<HTMLButtonElement>
}

/** A button; `type` is `button` unless it says otherwise, so that none submits a form by accident. */
export function Button({ look = 'plain', className = '', type = 'button', ...rest }: ButtonProps) {
  return <button type={type} className={`${shape} ${looks[look]} ${className}`} {...rest} />
}

/** A real link with a button's look: middle click and "copy link" work. */
export function ButtonLink({ to, look = 'plain', children }: { to: string; look?: Look; children: ReactNode }) {
  return (
    <Link to={to} className={`${shape} ${looks[look]}`}>
      {children}
    </Link>
  )
}
