// A project's own figures laid over those that hold everywhere.

import { defaultTables, type QualityTables, type ScoredCategory } from './quality-tables.ts'
import { gatedPhases, type GatedPhase } from './phases.ts'

type DeepPartial<T> = { readonly [Key in keyof T]?: (T[Key] extends object ? DeepPartial<T[Key]> : T[Key]) | undefined }

type OwnGate = Omit<DeepPartial<QualityTables['gates'][GatedPhase]>, 'categories'> & {
  /** Null asks nothing of that category any more. */
  readonly categories?: Readonly<Partial<Record<ScoredCategory, number | null>>> | undefined
}

/** What a project says otherwise; what it does not name stays. */
export interface OwnFigures {
  readonly targets?: DeepPartial<QualityTables['targets']> | undefined
  readonly gates?: { readonly [Key in GatedPhase]?: OwnGate | undefined } | undefined
  readonly paths?: DeepPartial<QualityTables['paths']> | undefined
  readonly watch?: DeepPartial<QualityTables['watch']> | undefined
}

/** The tables as they hold in a project. */
export function tablesWith(own: OwnFigures): QualityTables {
  const { targets, gates, paths, watch } = defaultTables
  return {
    targets: over(targets, own.targets),
    gates: Object.fromEntries(
      gatedPhases.map((phase) => [phase, gateWith(gates[phase], own.gates?.[phase] ?? {})]),
    ) as QualityTables['gates'],
    paths: {
      ...over(paths, own.paths),
      fillPoints: over(paths.fillPoints, own.paths?.fillPoints),
      reworkPoints: over(paths.reworkPoints, own.paths?.reworkPoints),
    },
    watch: over(watch, own.watch),
  }
}

/** `change` laid over what a project said before. */
export function mergeFigures(before: OwnFigures, change: OwnFigures): OwnFigures {
  return merged(before, change) as OwnFigures
}

function gateWith(gate: QualityTables['gates'][GatedPhase], { categories, ...rest }: OwnGate): QualityTables['gates'][GatedPhase] {
  const asked = Object.entries({ ...gate.categories, ...categories }).filter(([, percent]) => percent !== null && percent !== undefined)
  return { ...over(gate, rest), categories: Object.fromEntries(asked) }
}

/** `table` with what `own` names; a name without a value changes nothing. */
function over<Table extends object>(table: Table, own: object | undefined): Table {
  const named = Object.entries(own ?? {}).filter(([, value]) => value !== undefined)
  return { ...table, ...Object.fromEntries(named) }
}

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

function merged(before: unknown, change: unknown): unknown {
  if (!isObject(before) || !isObject(change)) return change
  const keys = Object.keys(change).filter((key) => change[key] !== undefined)
  return { ...before, ...Object.fromEntries(keys.map((key) => [key, merged(before[key], change[key])])) }
}
