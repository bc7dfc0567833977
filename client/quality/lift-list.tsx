// What would lift the maturity most, the largest gain first.

import { categoryName } from '../../shared/domain/categories.ts'
import type { Quality } from '../../shared/wire/quality.ts'
import { ItemLinks } from './item-links.tsx'
import { counted } from './words.ts'

type Lift = Quality['lifts'][number]

const shown = 5

/** The first few; each with a bar as long as its gain beside the first. */
export function LiftList({ lifts }: { lifts: readonly Lift[] }) {
  const most = lifts[0]?.gain ?? 0
  if (most === 0) return <p className="text-muted">Nothing is missing: every category is whole.</p>
  return (
    <ol className="grid gap-3">
      {lifts.slice(0, shown).map((lift) => (
        <li key={`${lift.kind} ${lift.category}`} className="grid gap-1">
          <p className="flex justify-between gap-3">
            <span>{sentenceOf(lift)}</span>
            <span className="shrink-0 font-medium text-success tabular-nums">
              +{lift.gain.toLocaleString(undefined, { maximumFractionDigits: 1 })}
            </span>
          </p>
          <span aria-hidden className="block h-1 rounded-full bg-hover">
            <span className="block h-full rounded-full bg-success" style={{ width: `${(lift.gain / most) * 100}%` }} />
          </span>
          <ItemLinks items={lift.items} of={lift.count} />
        </li>
      ))}
    </ol>
  )
}

function sentenceOf({ kind, category, count }: Lift): string {
  const name = categoryName(category)
  if (kind === 'add') return `Add ${counted(count, 'item')} to ${name}`
  if (kind === 'confirm') return `Confirm ${counted(count, 'item')} in ${name} that nobody has looked at`
  return `Make ${counted(count, 'vague item')} in ${name} clear`
}
