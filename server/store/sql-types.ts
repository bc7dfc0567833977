// How SQL arrays cross to JavaScript and back, known beforehand instead of asked of each new connection.

import pg from 'pg'

/** The element types whose arrays statements use: oid of the element, oid of the array. */
const arrayTypes = {
  bool: [16, 1000],
  bytea: [17, 1001],
  int8: [20, 1016],
  int4: [23, 1007],
  text: [25, 1009],
  timestamptz: [1184, 1185],
  uuid: [2950, 2951],
} as const satisfies Record<string, readonly [elementOid: number, arrayOid: number]>

/** Element oid to array oid, for `sql.array(values)` whose element type is inferred. */
export const arrayOidByElement: Readonly<Record<number, number>> = Object.fromEntries(Object.values(arrayTypes))

// The published type lists the oids of elements only; the parsers of arrays are there all the same.
const getArrayParser = pg.types.getTypeParser as (oid: number) => (text: string) => unknown

/** The type handlers for postgres.js; a `bigint` stays a string, a timestamp is a Date, in arrays as outside of them. */
export const sqlTypes = Object.fromEntries(
  Object.entries(arrayTypes).map(([name, [, arrayOid]]) => {
    const parse: (text: string) => unknown = getArrayParser(arrayOid)
    return [`${name}Array`, { to: arrayOid, from: [arrayOid], serialize: serializeArray, parse }]
  }),
)

/** Writes an array literal; every element quoted, since that is always right. */
function serializeArray(values: unknown): string {
  // What is no array is an array literal, written by the caller.
  if (!Array.isArray(values)) return `${values as string}`
  return `{${values.map(serializeElement).join(',')}}`
}

function serializeElement(value: unknown): string {
  if (value === null || value === undefined) return 'null'
  if (Array.isArray(value)) return serializeArray(value)
  // Hex never needs an escape beyond its own backslash, and is what a large update must not be searched for.
  if (value instanceof Uint8Array) return `"\\\\x${Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex')}"`
  const text = value instanceof Date ? value.toISOString() : `${value as string | number | bigint | boolean}`
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`
}
