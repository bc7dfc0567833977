// Schemas in words, and a request as a curl command, for the reference page.

import { html } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import { resolved, type ReferenceDocument, type ReferenceSchema } from './reference-document.ts'

type Markup = HtmlEscapedString | Promise<HtmlEscapedString> | string

/** Deeper than any answer here goes; a schema that contains itself ends there. */
const depthMax = 6

/** A schema as nested lists of fields. */
export function schemaView(schema: ReferenceSchema, document: ReferenceDocument, depth = 0): Markup {
  const known = resolved(schema, document)
  if (depth > depthMax) return '…'
  const choices = known.anyOf ?? known.oneOf
  if (choices) return html`${choices.map((choice, index) => html`${index > 0 ? ' or ' : ''}${schemaView(choice, document, depth + 1)}`)}`
  if (known.items) return html`<span>list of</span> ${schemaView(known.items, document, depth + 1)}`
  if (!known.properties) return html`<span class="type">${wordsFor(known)}</span>`
  return html`<ul class="fields">
    ${Object.entries(known.properties).map(
      ([name, field]) =>
        html`<li>
          <code>${name}</code>${known.required?.includes(name) ? '' : html` <span class="quiet">optional</span>`}
          ${schemaView(field, document, depth + 1)} ${field.description ?? ''}
        </li>`,
    )}
  </ul>`
}

function wordsFor({ type, format, enum: values, const: constant, minimum, maximum, minLength, maxLength }: ReferenceSchema): string {
  if (values) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (constant !== undefined) return JSON.stringify(constant)
  const base = format ?? [type ?? 'any'].flat().join(' or ')
  const bounds = [
    ...(minimum === undefined ? [] : [`at least ${minimum}`]),
    // A safe integer's bound says nothing to a reader.
    ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? [] : [`at most ${maximum}`]),
    ...(minLength === undefined ? [] : [`${minLength} or more characters`]),
    ...(maxLength === undefined ? [] : [`at most ${maxLength} characters`]),
  ]
  return [base, ...bounds].join(', ')
}

export interface CurlOptions {
  method: string
  path: string
  signedIn: boolean
  type: string | undefined
  schema: ReferenceSchema | undefined
  document: ReferenceDocument
}

/** The request as somebody would type it; what has to be filled in stands as a shell variable. */
export function curlFor({ method, path, signedIn, type, schema, document }: CurlOptions): string {
  const address = `"$SERVER${path.replace(/\{(\w+)\}/g, '$$$1')}"`
  const isJson = type === 'application/json'
  const lines = [
    `curl ${method === 'GET' ? '' : `-X ${method} `}${address}`,
    ...(signedIn ? ['-H "Authorization: Bearer $TOKEN"'] : []),
    ...(type === undefined ? [] : [`-H 'Content-Type: ${type}'`]),
    ...(schema === undefined ? [] : [isJson ? `-d '${JSON.stringify(exampleOf(schema, document))}'` : '--data-binary @spec.md']),
  ]
  return lines.join(' \\\n  ')
}

/** A small value that has the shape: the required fields of an object. */
function exampleOf(schema: ReferenceSchema, document: ReferenceDocument): unknown {
  const { type, enum: values, anyOf, properties = {}, required = [], format } = resolved(schema, document)
  if (values) return values[0]
  if (anyOf?.[0]) return exampleOf(anyOf[0], document)
  switch ([type ?? 'object'].flat()[0]) {
    case 'object':
      return Object.fromEntries(required.map((name) => [name, exampleOf(properties[name] ?? {}, document)]))
    case 'array':
      return []
    case 'integer':
    case 'number':
      return 1
    case 'boolean':
      return true
    default:
      return format ?? '…'
  }
}
