// The figures of a project as fields of a form: where each stands in the tables, how it is called, and what changed.

import { categoryName } from '../../shared/domain/categories.ts'
import { gatedPhases, phases } from '../../shared/domain/phases.ts'
import { scoredCategories } from '../../shared/domain/quality-tables.ts'
import type { ChangeTablesRequest, TablesAnswer } from '../../shared/wire/quality.ts'
import { phaseNames } from './words.ts'

/** One figure. */
export interface FigureField {
  /** Where it stands in the tables. */
  readonly path: readonly string[]
  readonly label: string
  readonly min: number
  readonly max: number
}

export interface FigureGroup {
  readonly title: string
  readonly hint: string
  readonly fields: readonly FigureField[]
}

const points = { min: 0, max: 1_000_000 }

/** What an owner adjusts on the page; the API has the rest. */
export const figureGroups: readonly FigureGroup[] = [
  {
    title: 'Items that make a category whole',
    hint: 'More than these add nothing.',
    fields: scoredCategories.map((key) => ({ path: ['targets', key], label: categoryName(key), min: 1, max: 500 })),
  },
  {
    title: 'Maturity that a gate asks for, in %',
    hint: 'What it asks for besides stays.',
    fields: gatedPhases.map((phase) => ({ path: ['gates', phase, 'maturity'], label: phaseNames[phase], min: 0, max: 100 })),
  },
  {
    title: 'Effort to close a gap now, in points',
    hint: 'A point is whatever your team counts in.',
    fields: (['low', 'medium', 'high', 'critical'] as const).map((gap) => ({ path: ['paths', 'fillPoints', gap], label: gap, ...points })),
  },
  {
    title: 'Cost of rework, in points',
    hint: 'By the phase in which it comes out.',
    fields: phases.map((phase) => ({ path: ['paths', 'reworkPoints', phase], label: phaseNames[phase], ...points })),
  },
]

/** The name of a field in its form. */
export const nameOfField = ({ path }: FigureField): string => path.join('.')

/** The figure that holds. */
export function figureAt(tables: TablesAnswer['tables'], { path }: FigureField): number {
  const found = path.reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], tables)
  return typeof found === 'number' ? found : 0
}

/** What of `wanted`, by the names of the fields, differs from what holds; null when nothing does. */
export function changedFigures(tables: TablesAnswer['tables'], wanted: ReadonlyMap<string, number>): ChangeTablesRequest | null {
  const change: Record<string, unknown> = {}
  for (const field of figureGroups.flatMap(({ fields }) => fields)) {
    const value = wanted.get(nameOfField(field))
    if (value !== undefined && value !== figureAt(tables, field)) place(change, field.path, value)
  }
  return Object.keys(change).length === 0 ? null : (change as ChangeTablesRequest)
}

function place(into: Record<string, unknown>, [first = '', ...rest]: readonly string[], value: number): void {
  if (rest.length === 0) {
    into[first] = value
    return
  }
  const inner = (into[first] ?? {}) as Record<string, unknown>
  into[first] = inner
  place(inner, rest, value)
}
