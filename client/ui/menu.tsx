// The drop-down menu: items, choices of one, links; arrow keys, type-ahead and Escape by radix.

import Check from 'lucide-react/icons/check'
import { DropdownMenu } from 'radix-ui'
import type { ReactNode } from 'react'
import { KeyHint } from './key-hint.tsx'

const rowLook =
  'flex h-8 items-center gap-2 rounded-md px-2 text-base outline-none data-highlighted:bg-hover data-highlighted:outline-none select-none'

interface MenuProps {
  trigger: ReactNode
  isOpenAtFirst?: boolean
  /** Which edge of the trigger it keeps to. */
  align?: 'start' | 'end'
  children: ReactNode
}

/** A menu under `trigger`, which must be a button. */
export function Menu({ trigger, isOpenAtFirst = false, align = 'end', children }: MenuProps) {
  return (
    <DropdownMenu.Root modal={false} defaultOpen={isOpenAtFirst}>
      <DropdownMenu.Trigger asChild>{trigger}</DropdownMenu.Trigger>
      {/* Beside its button rather than at the end of the page: it stays in the landmark it belongs to. */}
      <DropdownMenu.Content
        align={align}
        sideOffset={8}
        collisionPadding={8}
        className="z-50 min-w-52 animate-appear rounded-lg bg-raised p-1 shadow-float"
      >
        {children}
      </DropdownMenu.Content>
    </DropdownMenu.Root>
  )
}

interface MenuItemProps {
  icon?: ReactNode
  /** A key that does the same, such as `Mod-k`. */
  hint?: string
  onSelect: () => void
  children: ReactNode
}

/** One thing to do. */
export function MenuItem({ icon, hint, onSelect, children }: MenuItemProps) {
  return (
    <DropdownMenu.Item className={rowLook} onSelect={onSelect}>
      {icon}
      <span className="flex-1">{children}</span>
      {hint && <KeyHint name={hint} />}
    </DropdownMenu.Item>
  )
}

/** A heading over the rows that follow. */
export function MenuHeading({ children }: { children: ReactNode }) {
  return <DropdownMenu.Label className="truncate px-2 pt-1.5 pb-1 text-sm text-muted">{children}</DropdownMenu.Label>
}

/** A line between two groups of rows. */
export function MenuLine() {
  return <DropdownMenu.Separator className="my-1 h-px bg-line" />
}

interface MenuChoiceProps<Value extends string> {
  label: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** One of several, the chosen one marked by a tick. */
export function MenuChoice<Value extends string>({ label, value, choices, onChange }: MenuChoiceProps<Value>) {
  return (
    <DropdownMenu.RadioGroup
      aria-label={label}
      value={value}
      onValueChange={(chosen) => {
        const choice = choices.find((candidate) => candidate.value === chosen)
        if (choice) onChange(choice.value)
      }}
    >
      {choices.map((choice) => (
        <DropdownMenu.RadioItem key={choice.value} value={choice.value} className={rowLook}>
          <span className="size-4">
            <DropdownMenu.ItemIndicator>
              <Check size={16} aria-hidden />
            </DropdownMenu.ItemIndicator>
          </span>
          {choice.label}
        </DropdownMenu.RadioItem>
      ))}
    </DropdownMenu.RadioGroup>
  )
}
