// A key as it is written beside what it does.

import { keyLabel } from './commands.ts'

/** `Ctrl K` as small keycaps. */
export function KeyHint({ name }: { name: string }) {
  return (
    <kbd className="inline-flex gap-1 font-sans text-xs text-muted">
      {keyLabel(name)
        .split(' ')
        .map((sign) => (
          <span key={sign} className="min-w-5 rounded-[4px] border border-line bg-bg-side px-1 text-center leading-[18px]">
            {sign}
          </span>
        ))}
    </kbd>
  )
}
