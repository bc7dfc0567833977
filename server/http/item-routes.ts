// /api/projects/:projectId/items: list, read, add, change and remove items of the live text.

import { createRoute, z } from '@hono/zod-openapi'
import { changeItemRequest, createItemRequest, itemListSchema, itemSchema, listItemsQuery } from '../../shared/wire/items.ts'
import type { ItemList } from '../items/item-list.ts'
import type { SpecItems } from '../items/spec-items.ts'
import type { Access } from '../projects/access.ts'
import type { AppDeps } from './app-env.ts'
import { limitBody } from './middleware/limit-body.ts'
import { requireSession } from './middleware/require-session.ts'
import { problemAnswers } from './problem-answers.ts'
import { createRoutes, jsonAnswer, jsonBody, projectCodes, signedIn } from './routes-base.ts'

export interface ItemRoutesDeps extends Pick<AppDeps, 'sessions' | 'publicUrl'> {
  access: Access
  specItems: SpecItems
  itemList: ItemList
}

const inProject = z.object({ projectId: z.string() })
const ofItem = inProject.extend({ item: z.string().openapi({ description: 'The id of an item, or its number as `SPEC-12`.' }) })
const readProblems = problemAnswers(...projectCodes, 'overloaded')
const removeCodes = ['project_archived', 'document_full', 'overloaded', 'stale_epoch'] as const
const writeProblems = problemAnswers(...projectCodes, ...removeCodes, 'item_not_writable')

const listItems = createRoute({
  method: 'get',
  path: '/',
  summary: 'Items of the spec, by number',
  security: signedIn,
  request: { params: inProject, query: listItemsQuery },
  responses: { 200: jsonAnswer('A page of items.', itemListSchema), ...readProblems },
})

const createItem = createRoute({
  method: 'post',
  path: '/',
  summary: 'Write an item into the live text, at the end of its category',
  security: signedIn,
  request: { params: inProject, body: jsonBody(createItemRequest) },
  responses: { 201: jsonAnswer('The item.', itemSchema), ...writeProblems },
})

const readItem = createRoute({
  method: 'get',
  path: '/{item}',
  summary: 'One item, also when it has left the text',
  security: signedIn,
  request: { params: ofItem },
  responses: { 200: jsonAnswer('The item.', itemSchema), ...readProblems },
})

const changeItem = createRoute({
  method: 'patch',
  path: '/{item}',
  summary: 'Change what an item says in the live text, move it to another category, or confirm it',
  security: signedIn,
  request: { params: ofItem, body: jsonBody(changeItemRequest) },
  responses: { 200: jsonAnswer('The item.', itemSchema), ...writeProblems },
})

const removeItem = createRoute({
  method: 'delete',
  path: '/{item}',
  summary: 'Take an item out of the live text; it can still be read',
  security: signedIn,
  request: { params: ofItem },
  responses: { 204: { description: 'It has left the text.' }, ...problemAnswers(...projectCodes, ...removeCodes) },
})

/** The routes, to be mounted at /api/projects/:projectId/items. */
export function itemRoutes({ access, specItems, itemList, sessions, publicUrl }: ItemRoutesDeps) {
  const routes = createRoutes()
  routes.use('*', requireSession({ sessions, publicUrl }), limitBody())

  routes.openapi(listItems, async (c) => {
    const { projectId } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await itemList.page(projectId, c.req.valid('query')), 200)
  })

  routes.openapi(createItem, async (c) => {
    const { projectId } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    return c.json(await specItems.add({ userId }, projectId, c.req.valid('json')), 201)
  })

  routes.openapi(readItem, async (c) => {
    const { projectId, item } = c.req.valid('param')
    await access.requireRole(c.var.session, projectId, 'read')
    return c.json(await itemList.find(projectId, item), 200)
  })

  routes.openapi(changeItem, async (c) => {
    const { projectId, item } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    const { id } = await itemList.find(projectId, item)
    return c.json(await specItems.change({ userId }, projectId, id, c.req.valid('json')), 200)
  })

  routes.openapi(removeItem, async (c) => {
    const { projectId, item } = c.req.valid('param')
    const { userId } = c.var.session
    await access.requireRole(c.var.session, projectId, 'write')
    const { id } = await itemList.find(projectId, item)
    await specItems.remove({ userId }, projectId, id)
    return c.body(null, 204)
  })
  return routes
}
