// Each category with how much of it is there, how many items, and what is missing.

import { categoryName } from '../../shared/domain/categories.ts'
import type { ScoredCategory } from '../../shared/domain/quality-tables.ts'
import type { QualityCategory } from '../../shared/wire/quality.ts'
import { gapColors, levelText, wholePercent } from './words.ts'

interface CategoryTableProps {
  categories: readonly QualityCategory[]
  active: ScoredCategory | null
  onActive: (key: ScoredCategory | null) => void
}

/** A table, so that it can be read row by row. */
export function CategoryTable({ categories, active, onActive }: CategoryTableProps) {
  return (
    <table className="w-full text-sm" onPointerLeave={() => onActive(null)}>
      <caption className="sr-only">Coverage by category</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Category</th>
          <th scope="col">Covered</th>
          <th scope="col">Items</th>
          <th scope="col">Gap</th>
        </tr>
      </thead>
      <tbody>
        {categories.map(({ key, percent, items, target, gap }) => (
          <tr key={key} onPointerEnter={() => onActive(key)} className={active === key ? 'bg-hover' : ''}>
            <th scope="row" className="rounded-l-md py-1.5 pr-2 pl-2 text-left font-normal whitespace-nowrap max-sm:px-0">
              {categoryName(key)}
            </th>
            <td className="w-full min-w-16 py-1.5">
              <span className="flex items-center gap-2">
                <span aria-hidden className="h-1.5 min-w-0 flex-1 overflow-hidden rounded-full bg-hover max-sm:hidden">
                  <span className="block h-full rounded-full" style={{ width: `${percent}%`, background: gapColors[gap] }} />
                </span>
                <span className="w-11 text-right tabular-nums">{wholePercent(percent)}</span>
              </span>
            </td>
            <td className="px-3 py-1.5 text-right whitespace-nowrap text-muted max-sm:px-2 tabular-nums">
              {items} <span className="sr-only">of</span>
              <span aria-hidden>/</span> {target}
            </td>
            <td className={`rounded-r-md py-1.5 pr-2 whitespace-nowrap max-sm:pr-0 ${levelText[gap]}`}>
              {gap === 'none' ? 'whole' : gap}
              {gap !== 'none' && <span className="max-sm:sr-only"> gap</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
