// The form of a project's figures: every field finds its place in the tables, and only what changed is sent.

import { expect, it } from 'vitest'
import { defaultTables } from '../../shared/domain/quality-tables.ts'
import { changeTablesRequest, tablesSchema } from '../../shared/wire/quality.ts'
import { changedFigures, figureAt, figureGroups, nameOfField } from './figures.ts'

const tables = tablesSchema.parse(defaultTables)
const fields = figureGroups.flatMap((group) => group.fields)

it('[QUA20] sends what was changed and nothing else, as the server takes it', () => {
  const same = new Map(fields.map((field) => [nameOfField(field), figureAt(tables, field)]))
  expect(changedFigures(tables, same)).toBeNull()
  const change = changedFigures(
    tables,
    new Map([...same, ['targets.goals', 4], ['gates.design.maturity', 75], ['paths.fillPoints.low', 0]]),
  )
  expect(change).toEqual({ targets: { goals: 4 }, gates: { design: { maturity: 75 } }, paths: { fillPoints: { low: 0 } } })
  expect(changeTablesRequest.parse(change)).toEqual(change)
})

it('[QUA20] has a place in the tables for every field, within bounds that the server has too', () => {
  for (const field of fields) {
    expect(figureAt(tables, field), nameOfField(field)).toBeGreaterThan(0)
    for (const value of [field.min, field.max]) {
      // What holds already is no change, and nothing is sent.
      const change = changedFigures(tables, new Map([[nameOfField(field), value]])) ?? { reset: true }
      expect(changeTablesRequest.safeParse(change).success, `${nameOfField(field)} ${value}`).toBe(true)
    }
    const beyond = changedFigures(tables, new Map([[nameOfField(field), field.max + 1]]))
    expect(changeTablesRequest.safeParse(beyond).success, nameOfField(field)).toBe(false)
  }
})
