// Coverage as a picture: a petal a category, as long as it is covered, around the maturity of the whole.

import { categoryName } from '../../shared/domain/categories.ts'
import type { ScoredCategory } from '../../shared/domain/quality-tables.ts'
import type { QualityCategory } from '../../shared/wire/quality.ts'
import { gapColors, wholePercent } from './words.ts'

interface CoverageWheelProps {
  maturity: number
  categories: readonly QualityCategory[]
  /** What the gate ahead asks of certain categories, in percent: drawn as a line across their petals. */
  needed: ReadonlyMap<ScoredCategory, number>
  active: ScoredCategory | null
  onActive: (key: ScoredCategory | null) => void
}

const innerRadius = 46
const outerRadius = 112
const labelRadius = 122
/** Between two petals, in degrees. */
const gapDegrees = 3

const point = (radius: number, degrees: number): readonly [number, number] => {
  const angle = ((degrees - 90) * Math.PI) / 180
  return [radius * Math.cos(angle), radius * Math.sin(angle)]
}
const place = (radius: number, degrees: number): string =>
  point(radius, degrees)
    .map((value) => value.toFixed(2))
    .join(' ')

/** A piece of a ring between two radii and two angles. */
function piece(from: number, to: number, radius: number): string {
  return `M ${place(innerRadius, from)} L ${place(radius, from)} A ${radius} ${radius} 0 0 1 ${place(radius, to)} L ${place(innerRadius, to)} A ${innerRadius} ${innerRadius} 0 0 0 ${place(innerRadius, from)} Z`
}

const radiusAt = (percent: number): number => innerRadius + ((outerRadius - innerRadius) * percent) / 100

/** The same figures stand in the table beside it, which is what a screen reader is given. */
export function CoverageWheel({ maturity, categories, needed, active, onActive }: CoverageWheelProps) {
  const step = 360 / categories.length
  return (
    <svg
      viewBox="-118 -118 236 236"
      aria-hidden
      className="my-6 w-64 overflow-visible select-none max-[1100px]:w-52 max-sm:my-0 max-sm:w-60"
      onPointerLeave={() => onActive(null)}
    >
      {categories.map(({ key, percent, gap }, index) => {
        const from = index * step + gapDegrees / 2
        const to = (index + 1) * step - gapDegrees / 2
        const wanted = needed.get(key)
        const isDimmed = active !== null && active !== key
        return (
          <g key={key} onPointerEnter={() => onActive(key)} opacity={isDimmed ? 0.45 : 1} className="transition-opacity duration-150">
            <path d={piece(from, to, outerRadius)} fill="var(--hover)" />
            {percent > 0 && <path d={piece(from, to, radiusAt(percent))} fill={gapColors[gap]} className="transition-[d] duration-150" />}
            {wanted !== undefined && <NeededLine from={from} to={to} percent={wanted} />}
            <Label name={categoryName(key)} percent={percent} degrees={(from + to) / 2} />
          </g>
        )
      })}
      <text textAnchor="middle" y="2" className="fill-text text-[26px] font-semibold tabular-nums">
        {wholePercent(maturity)}
      </text>
      <text textAnchor="middle" y="19" className="fill-muted text-[11px]">
        maturity
      </text>
    </svg>
  )
}

function NeededLine({ from, to, percent }: { from: number; to: number; percent: number }) {
  const radius = radiusAt(percent)
  return (
    <path
      d={`M ${place(radius, from)} A ${radius} ${radius} 0 0 1 ${place(radius, to)}`}
      fill="none"
      stroke="var(--text)"
      strokeWidth="1.5"
      strokeDasharray="3 3"
    />
  )
}

function Label({ name, percent, degrees }: { name: string; percent: number; degrees: number }) {
  const [x, y] = point(labelRadius, degrees)
  const anchor = Math.abs(x) < 1 ? 'middle' : x > 0 ? 'start' : 'end'
  return (
    <text x={x} y={y} textAnchor={anchor} dominantBaseline="middle" className="fill-text text-[11.5px] max-sm:hidden">
      {name} <tspan className="fill-muted tabular-nums">{wholePercent(percent)}</tspan>
    </text>
  )
}
