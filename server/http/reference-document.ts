// The parts of the OpenAPI document that the reference page shows.

/** A JSON schema, as far as it is shown. */
export interface ReferenceSchema {
  $ref?: string
  type?: string | string[]
  format?: string
  enum?: unknown[]
  const?: unknown
  description?: string
  properties?: Record<string, ReferenceSchema>
  required?: string[]
  items?: ReferenceSchema
  anyOf?: ReferenceSchema[]
  oneOf?: ReferenceSchema[]
  allOf?: ReferenceSchema[]
  minimum?: number
  maximum?: number
  minLength?: number
  maxLength?: number
}

export interface ReferenceAnswer {
  description: string
  content?: Record<string, { schema: ReferenceSchema }>
}

export interface ReferenceOperation {
  operationId: string
  tags?: string[]
  summary: string
  description?: string
  security?: unknown[]
  parameters?: { name: string; in: string; required?: boolean; description?: string; schema: ReferenceSchema }[]
  requestBody?: { content: Record<string, { schema: ReferenceSchema }> }
  responses: Record<string, ReferenceAnswer>
}

export interface ReferenceDocument {
  info: { title: string; description: string }
  paths: Record<string, Record<string, ReferenceOperation>>
  components?: { schemas?: Record<string, ReferenceSchema> }
}

/** What a reference leads to; a schema that is none stays. */
export function resolved(schema: ReferenceSchema, { components }: ReferenceDocument): ReferenceSchema {
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : (components?.schemas?.[name] ?? {})
}
