// The small button of the interview: several of them stand under a message without shouting.

import type { LucideIcon } from 'lucide-react'
import type { ButtonHTMLAttributes } from 'react'

interface SmallButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  icon?: LucideIcon
  /** Without an edge, for what is rarely wanted. */
  isQuiet?: boolean
}

/** 28 px high, with an icon before its words. */
export function SmallButton({ icon: Icon, isQuiet = false, children, className = '', ...rest }: SmallButtonProps) {
  return (
    <button
      type="button"
      className={`inline-flex h-7 shrink-0 items-center gap-1.5 rounded-md px-2 text-sm whitespace-nowrap hover:not-disabled:bg-hover disabled:opacity-60 ${isQuiet ? 'text-muted' : 'border border-line bg-raised'} ${className}`}
      {...rest}
    >
      {Icon && <Icon size={14} aria-hidden className="text-muted" />}
      {children}
    </button>
  )
}
