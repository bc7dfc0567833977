// Values made from the schemas of the API's description: mostly what fits, now and then what does not, at any depth.

import fc from 'fast-check'

/** The parts of a JSON schema that say what fits. */
export interface Schema {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  const?: unknown
  format?: string
  properties?: Record<string, Schema>
  items?: Schema
  anyOf?: Schema[]
  oneOf?: Schema[]
  allOf?: Schema[]
  minimum?: number
  maximum?: number
  maxLength?: number
}

const hostileText = [
  '',
  ' ',
  'x'.repeat(10_000),
  '😀'.repeat(2_500),
  'مرحبا ‮evil‬ שלום',
  '\uD83D',
  '\0',
  '\uFEFF',
  "'; drop table projects; --",
  '<img src=x onerror=alert(1)>',
  '../../etc/passwd',
  '{{7*7}}',
  '__proto__',
  '11111111-1111-4111-8111-111111111111',
  '2026-02-30T99:99:99Z',
  '-1',
  '1e309',
  'null',
]

/** Text that people, and those who wish us ill, put into fields. */
export const text = (): fc.Arbitrary<string> =>
  fc.oneof(fc.constantFrom(...hostileText), fc.string({ maxLength: 40 }), fc.string({ unit: 'binary', maxLength: 40 }))

/** JSON of no particular shape, deeply nested too. */
export const junk = (): fc.Arbitrary<unknown> =>
  fc.oneof(
    text(),
    fc.constantFrom<unknown>(null, true, 0, -1, 1.5, 2 ** 53, -(2 ** 31) - 1, 1e308, [], {}, nested(2_000), {
      __proto__: null,
      constructor: 1,
    }),
    fc.jsonValue({ maxDepth: 3 }),
  )

function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = level % 2 === 0 ? [value] : { a: value }
  return value
}

/** What values are made with. */
export interface ValueSource {
  /** Finds what a `$ref` names. */
  resolve: (ref: string) => Schema
  /** Values that are known to lead further, by the name of the field. */
  known: Readonly<Record<string, readonly unknown[]>>
}

/** Values for `schema`. */
export function valuesFor(schema: Schema, source: ValueSource): fc.Arbitrary<unknown> {
  return fc.oneof({ weight: 14, arbitrary: fitting(schema, source) }, { weight: 1, arbitrary: junk() })
}

function fitting(schema: Schema, source: ValueSource): fc.Arbitrary<unknown> {
  if (schema.$ref !== undefined) return fitting(source.resolve(schema.$ref), source)
  const choices = schema.anyOf ?? schema.oneOf
  if (choices) return fc.oneof(...choices.map((choice) => fitting(choice, source)))
  if (schema.allOf) return fitting(Object.assign({}, ...schema.allOf) as Schema, source)
  if (schema.enum) return fc.constantFrom(...schema.enum)
  if ('const' in schema) return fc.constant(schema.const)
  const types = [schema.type ?? 'object'].flat()
  return fc.oneof(...types.map((type) => ofType(type, schema, source)))
}

function ofType(type: string, schema: Schema, source: ValueSource): fc.Arbitrary<unknown> {
  switch (type) {
    case 'string':
      return stringFor(schema)
    case 'integer':
    case 'number':
      return fc.integer({ min: schema.minimum ?? -10, max: Math.min(schema.maximum ?? 1_000, 1_000_000) })
    case 'boolean':
      return fc.boolean()
    case 'null':
      return fc.constant(null)
    case 'array':
      return fc.array(valuesFor(schema.items ?? {}, source), { maxLength: 4 })
    default:
      return objectFor(schema, source)
  }
}

function stringFor({ format, maxLength }: Schema): fc.Arbitrary<string> {
  if (format === 'uuid') return fc.uuid()
  if (format === 'email') return fc.uuid().map((id) => `${id}@example.org`)
  if (format === 'date-time') return fc.date({ noInvalidDate: true }).map((date) => date.toISOString())
  return fc.oneof(text(), fc.string({ minLength: 1, maxLength: Math.min(maxLength ?? 30, 30) }))
}

/** Mostly all fields, sometimes some, sometimes one that nobody asked for. */
function objectFor({ properties = {} }: Schema, source: ValueSource): fc.Arbitrary<unknown> {
  const fields = Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, fieldFor(name, field, source)]))
  const extra = fc.dictionary(fc.constantFrom('extra', 'role', 'id', 'constructor', 'toString'), junk(), { minKeys: 1, maxKeys: 2 })
  return fc.oneof(
    { weight: 9, arbitrary: fc.record(fields) },
    { weight: 2, arbitrary: fc.record(fields, { requiredKeys: [] }) },
    { weight: 1, arbitrary: fc.tuple(fc.record(fields), extra).map(([own, more]) => ({ ...own, ...more })) },
  )
}

function fieldFor(name: string, schema: Schema, source: ValueSource): fc.Arbitrary<unknown> {
  const known = source.known[name]
  if (!known) return valuesFor(schema, source)
  return fc.oneof({ weight: 4, arbitrary: fc.constantFrom(...known) }, { weight: 1, arbitrary: valuesFor(schema, source) })
}
