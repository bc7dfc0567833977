// One of a few choices, all in sight: a row of radio buttons that looks like one control.

import { useId } from 'react'

interface SegmentedProps<Value extends string | number> {
  label: string
  value: Value
  choices: readonly { value: Value; label: string }[]
  onChange: (value: Value) => void
}

/** The arrow keys move the choice, as in any group of radio buttons. */
export function Segmented<Value extends string | number>({ label, value, choices, onChange }: SegmentedProps<Value>) {
  const name = useId()
  return (
    <div role="radiogroup" aria-labelledby={name} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2">
      <span id={name}>{label}</span>
      <div className="inline-flex rounded-md border border-line bg-bg-side p-0.5">
        {choices.map((choice) => (
          <label
            key={choice.value}
            className="cursor-pointer rounded-[4px] px-2.5 py-1 text-sm text-muted select-none hover:text-text has-checked:bg-raised has-checked:font-medium has-checked:text-text has-checked:shadow-[0_0_0_1px_var(--line)] has-focus-visible:outline-2 has-focus-visible:outline-accent"
          >
            <input
              type="radio"
              name={name}
              checked={choice.value === value}
              tabIndex={choice.value === value ? 0 : -1}
              onChange={() => onChange(choice.value)}
              className="sr-only"
            />
            {choice.label}
          </label>
        ))}
      </div>
    </div>
  )
}
