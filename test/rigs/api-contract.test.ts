// That the contract check sees a breach: each kind once.

import { describe, expect, it } from 'vitest'
import { ApiContract, type ApiDocument } from './api-contract.ts'

const thing = {
  type: 'object',
  required: ['id'],
  properties: { id: { type: 'string', format: 'uuid' }, note: { type: ['string', 'null'] } },
}
const document: ApiDocument = {
  components: { schemas: { Thing: thing } },
  paths: {
    '/api/things/{id}': {
      get: {
        responses: {
          200: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Thing' } }, 'text/markdown': { schema: {} } } },
          204: {},
          404: {
            content: {
              'application/problem+json': { schema: { type: 'object', properties: { code: { type: 'string', enum: ['not_found'] } } } },
            },
          },
        },
      },
    },
  },
}
const contract = new ApiContract(document)
const id = '11111111-1111-4111-8111-111111111111'

function problemWith(body: unknown, init: ResponseInit & { type?: string; path?: string; method?: string } = {}) {
  const { type = 'application/json', path = '/api/things/7', method = 'GET', ...rest } = init
  const headers = type === '' ? {} : { 'content-type': type }
  const response = new Response(body === null ? null : JSON.stringify(body), { ...rest, headers })
  return contract.problemWith({ method, path, response })
}

describe('[API4] an answer', () => {
  it('as described is no breach', async () => {
    expect(await problemWith({ id, note: null })).toBeUndefined()
    expect(await problemWith('# text', { type: 'text/markdown; charset=utf-8' })).toBeUndefined()
    expect(await problemWith(null, { status: 204, type: '' })).toBeUndefined()
    expect(await problemWith({ code: 'not_found' }, { status: 404, type: 'application/problem+json' })).toBeUndefined()
    expect(await problemWith(null, { method: 'HEAD' })).toBeUndefined()
  })

  it('is none of its business where the document does not reach', async () => {
    expect(await problemWith('page', { path: '/projects/7', type: 'text/html' })).toBeUndefined()
    expect(await problemWith({ code: 'not_found' }, { path: '/api/nothing', status: 404 })).toBeUndefined()
  })

  it.each([
    ['of a status that is not listed', { code: 'x' }, { status: 409 }, /get \/api\/things\/\{id\} does not list/],
    ['of another type', 'x', { type: 'text/plain' }, /as text\/plain/],
    ['without a type', { id }, { type: '' }, /text\/plain|without a content type/],
    ['without a field that must be there', {}, {}, /required property 'id'/],
    ['with a field of another form', { id: 'seven' }, {}, /match format "uuid"/],
    ['with a field that is not described', { id, secret: 1 }, {}, /additional properties/],
    ['with a code that is not listed', { code: 'forbidden' }, { status: 404, type: 'application/problem+json' }, /allowed values/],
    ['from a method that is not described', { id }, { method: 'POST' }, /no such operation/],
    ['from an address that is not described', { id }, { path: '/api/others' }, /no such operation/],
  ])('%s is a breach', async (_, body, init, sentence) => {
    expect(await problemWith(body, init)).toMatch(sentence)
  })
})
