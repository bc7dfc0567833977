// The contract of the HTTP API, held against every answer that a test sees: status, content type, body, as /api/openapi.json has them.

import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import * as formats from 'ajv-formats'

/** The parts of an OpenAPI document that are checked. */
export interface ApiDocument {
  paths: Record<string, Record<string, ApiOperation>>
  components?: { schemas?: Record<string, object> }
}

export interface ApiOperation {
  operationId?: string
  parameters?: { name: string; in: string; required?: boolean; schema: object }[]
  requestBody?: { content: Record<string, { schema: object }> }
  responses: Record<string, { content?: Record<string, { schema: object }> }>
  security?: object[]
}

/** An answer that was seen. */
export interface SeenAnswer {
  method: string
  path: string
  response: Response
}

/** Routes that tests mount for themselves are in no document. */
const ownRoutes = /^\/api\/test\//
/** What the document speaks about; anything else is the page's. */
const apiPaths = /^\/(?:api|health|metrics)(?:\/|$)/

const addFormats = formats.default as unknown as (ajv: Ajv2020) => void

/** Checks answers against one document. */
export class ApiContract {
  readonly #ajv = new Ajv2020({ strict: false, allErrors: true })
  readonly #validators = new Map<string, ValidateFunction>()
  readonly #document: ApiDocument
  readonly #paths: { pattern: RegExp; path: string }[]

  constructor(document: ApiDocument) {
    this.#document = closed(document)
    addFormats(this.#ajv)
    this.#ajv.addSchema({ $id: 'api', components: this.#document.components ?? {} })
    this.#paths = Object.keys(document.paths)
      // A literal segment is more than a parameter: `/projects/sample` is not `/projects/{projectId}`.
      .sort((one, other) => parametersIn(one) - parametersIn(other))
      .map((path) => ({ path, pattern: new RegExp(`^${path.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{[^}]+\}/g, '[^/]+')}$`) }))
  }

  /** What is wrong with an answer, in a sentence; undefined when nothing is. Reads the body: give it a clone. */
  async problemWith({ method, path, response }: SeenAnswer): Promise<string | undefined> {
    if (!apiPaths.test(path) || ownRoutes.test(path)) return undefined
    const seen = `${method} ${path} answered ${response.status}`
    const operation = this.#operationFor(method, path)
    if (!operation) return this.#problemOfUnlisted(path, seen, response)
    const answer = operation.operation.responses[String(response.status)]
    if (!answer) return `${seen}, which ${operation.where} does not list: ${await excerpt(response)}`
    const type = mediaTypeOf(response)
    const types = Object.keys(answer.content ?? {})
    if (type === undefined || method === 'HEAD') {
      return types.length === 0 || method === 'HEAD'
        ? undefined
        : `${seen} without a content type; ${operation.where} has ${types.join(', ')}`
    }
    const schema = answer.content?.[type]?.schema
    if (!schema) return `${seen} as ${type}; ${operation.where} has ${types.join(', ') || 'no body'}: ${await excerpt(response)}`
    if (!/\bjson\b/.test(type)) return undefined
    const text = await bodyOf(response)
    return text === undefined ? undefined : this.#problemOfBody(`${operation.where} ${response.status} ${type}`, schema, text)
  }

  #operationFor(method: string, path: string): { operation: ApiOperation; where: string } | undefined {
    const name = (method === 'HEAD' ? 'GET' : method).toLowerCase()
    for (const { pattern, path: template } of this.#paths) {
      const operation = pattern.test(path) ? this.#document.paths[template]?.[name] : undefined
      if (operation) return { operation, where: `${name} ${template}` }
    }
    return undefined
  }

  /** What the document does not list is not there, or is refused before there is a route. */
  async #problemOfUnlisted(path: string, seen: string, response: Response): Promise<string | undefined> {
    const isListed = this.#paths.some(({ pattern }) => pattern.test(path))
    const inFront = isListed ? [401, 403, 413] : []
    if ([400, 404, 405, 415, 429, ...inFront].includes(response.status)) return undefined
    return `${seen}, and the document has no such operation: ${await excerpt(response)}`
  }

  #problemOfBody(where: string, schema: object, text: string): string | undefined {
    let body: unknown
    try {
      body = JSON.parse(text)
    } catch {
      return `${where}: the body is no JSON: ${text.slice(0, 200)}`
    }
    const validate = this.#validators.get(where) ?? this.#ajv.compile(rebased(schema))
    this.#validators.set(where, validate)
    if (validate(body)) return undefined
    const errors = (validate.errors ?? []).map(
      ({ instancePath, message, params }) => `${instancePath || '/'} ${message} ${JSON.stringify(params)}`,
    )
    return `${where}: the body does not match: ${errors.join('; ')}: ${text.slice(0, 500)}`
  }
}

const parametersIn = (path: string): number => path.split('{').length

const mediaTypeOf = (response: Response): string | undefined => response.headers.get('content-type')?.split(';', 1)[0]?.trim().toLowerCase()

/** Undefined when it was cut while it came: a killed server breaks no contract. */
const bodyOf = (response: Response): Promise<string | undefined> => response.text().catch(() => undefined)

const excerpt = async (response: Response): Promise<string> => (await bodyOf(response))?.slice(0, 300) ?? ''

/** References to components lead into the schema that holds them. */
function rebased(schema: object): object {
  return JSON.parse(JSON.stringify(schema).replaceAll('"#/components/', '"api#/components/')) as object
}

/**
 * The document with its answers closed: a field that is not described is a mismatch. Not in the document itself, since to a client
 * an answer may grow.
 */
function closed(document: ApiDocument): ApiDocument {
  const copy = structuredClone(document)
  for (const operations of Object.values(copy.paths)) {
    for (const { responses } of Object.values(operations)) for (const answer of Object.values(responses)) close(answer.content)
  }
  close(copy.components)
  return copy
}

function close(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  const schema = value as Record<string, unknown>
  for (const [key, part] of Object.entries(schema)) {
    // The parts of an `allOf` are each a part of the whole, and must not close it.
    if (key !== 'allOf') close(part)
  }
  if (schema['type'] === 'object' && 'properties' in schema && !('additionalProperties' in schema)) schema['additionalProperties'] = false
}

const mismatches: string[] = []
const pending = new Set<Promise<void>>()
const contracts = new Map<string, Promise<ApiContract | undefined>>()

/** Checks an answer in the background; what is wrong is reported by `takeMismatches`. `source` names the server, `readDocument` asks it for its document. */
export function checkAnswer(source: string, seen: SeenAnswer, readDocument: () => Promise<Response>): void {
  if (!apiPaths.test(seen.path)) return
  const contract = contracts.get(source) ?? loadContract(readDocument)
  contracts.set(source, contract)
  const looked = look(contract, seen)
  pending.add(looked)
  void looked.finally(() => pending.delete(looked))
}

async function look(contract: Promise<ApiContract | undefined>, seen: SeenAnswer): Promise<void> {
  try {
    const problem = await (await contract)?.problemWith(seen)
    if (problem !== undefined) mismatches.push(problem)
  } catch (error) {
    mismatches.push(`the contract could not be checked: ${String(error)}`)
  }
}

/** All mismatches since the last call, once what is under way has been looked at. */
export async function takeMismatches(): Promise<string[]> {
  await Promise.all(pending)
  return mismatches.splice(0)
}

/** Undefined where there is no document to be had: a server of a test's own making, or one that was killed just now. */
async function loadContract(readDocument: () => Promise<Response>): Promise<ApiContract | undefined> {
  let document: ApiDocument
  try {
    const response = await readDocument()
    if (!response.ok) return undefined
    document = (await response.json()) as ApiDocument
  } catch {
    return undefined
  }
  return 'paths' in document ? new ApiContract(document) : undefined
}
