// One way on: its cost as a bar, its figures, and what each is made of.

import { categoryName } from '../../shared/domain/categories.ts'
import type { QualityPaths } from '../../shared/wire/quality.ts'
import { levelText, pathName } from './words.ts'

type Path = QualityPaths['paths'][number]
type Part = Path['effortParts'][number]

interface PathCardProps {
  path: Path
  goal: 'advance' | 'generate' | 'skip'
  /** Whether a gate lies on the way. */
  hasGate: boolean
  /** The dearest expected total of all ways: bars are as long as their share of it. */
  most: number
  isRecommended: boolean
  isChosen: boolean
  onChoose: () => void
}

const points = (amount: number): string => Math.round(amount).toLocaleString()
const share = (amount: number): string => `${Math.round(amount * 100)} %`

/** A radio button with the way's figures; what they are made of folds out. */
export function PathCard({ path, goal, hasGate, most, isRecommended, isChosen, onChoose }: PathCardProps) {
  const { effort, probability, reworkCost, expectedTotal, risk } = path
  const later = probability * reworkCost
  const name = pathName(path.kind, goal)
  return (
    <div
      className={`flex flex-col gap-3 rounded-lg border p-3.5 ${isChosen ? 'border-accent bg-accent-soft/40 shadow-[0_0_0_1px_var(--accent)]' : 'border-line bg-raised'}`}
    >
      <label className="flex cursor-pointer items-start gap-2">
        <input type="radio" name={`way to ${goal}`} checked={isChosen} onChange={onChoose} className="mt-1 accent-accent-fill" />
        <span className="grid">
          <span className="font-medium">{name}</span>
          {/* Always there, so that the cards line up. */}
          <span className={`text-sm ${isRecommended ? 'text-success' : 'text-muted'}`}>
            {isRecommended ? 'Recommended' : 'Also possible'}
          </span>
        </span>
      </label>
      <div>
        <p className="text-xl font-semibold tabular-nums">{points(expectedTotal)}</p>
        <p className="text-sm text-muted">points to be expected in all</p>
      </div>
      <span aria-hidden className="flex h-2.5 overflow-hidden rounded-full bg-hover">
        <span className="bg-accent" style={{ width: `${(effort / most) * 100}%` }} />
        <span className="bg-warning" style={{ width: `${(later / most) * 100}%` }} />
      </span>
      <dl className="grid grid-cols-[auto_1fr] gap-x-3 gap-y-1 text-sm">
        <Figure color="bg-accent" name="Effort now" value={points(effort)} />
        <Figure color="bg-warning" name="Rework" value={`${share(probability)} of ${points(reworkCost)}`} />
        <dt className="pl-4 text-muted">Risk</dt>
        <dd className={`text-right font-medium ${levelText[risk]}`}>{risk}</dd>
        {hasGate && (
          <>
            <dt className="pl-4 text-muted">Gate</dt>
            <dd className="text-right">{path.needsOverride ? 'stays closed' : 'opens'}</dd>
          </>
        )}
      </dl>
      <details className="group mt-auto text-sm">
        <summary className="cursor-pointer rounded-md text-muted hover:text-text">
          What this is made of<span className="sr-only">: {name}</span>
        </summary>
        <Parts title="Effort now" parts={path.effortParts} format={points} none="Nothing is done first." />
        <Parts title="Chance of rework" parts={path.probabilityParts} format={share} none="Nothing is left open." />
      </details>
    </div>
  )
}

function Figure({ color, name, value }: { color: string; name: string; value: string }) {
  return (
    <>
      <dt className="flex items-center gap-2 text-muted">
        <span aria-hidden className={`size-2 rounded-full ${color}`} />
        {name}
      </dt>
      <dd className="text-right tabular-nums">{value}</dd>
    </>
  )
}

function Parts({
  title,
  parts,
  format,
  none,
}: {
  title: string
  parts: readonly Part[]
  format: (amount: number) => string
  none: string
}) {
  const rows = grouped(parts)
  return (
    <div className="mt-2">
      <p className="font-medium">{title}</p>
      {rows.length === 0 && <p className="text-muted">{none}</p>}
      <ul>
        {rows.map(({ name, amount }) => (
          <li key={name} className="flex justify-between gap-2 text-muted">
            <span>{name}</span>
            <span className="whitespace-nowrap tabular-nums">{format(amount)}</span>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** A gap is a row; all conflicts together are one. */
function grouped(parts: readonly Part[]): { name: string; amount: number }[] {
  const gaps = parts.filter(({ kind }) => kind !== 'conflict').map((part) => ({ name: nameOf(part), amount: part.amount }))
  const conflicts = parts.filter(({ kind }) => kind === 'conflict')
  if (conflicts.length === 0) return gaps
  const amount = conflicts.reduce((sum, part) => sum + part.amount, 0)
  return [...gaps, { name: `${conflicts.length} open ${conflicts.length === 1 ? 'conflict' : 'conflicts'}`, amount }]
}

function nameOf({ category, gap }: Part): string {
  return category === null ? 'Distance to the goal' : `${categoryName(category)}, ${gap} gap`
}
