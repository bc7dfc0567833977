// /api/docs: the description of the API as a page for people. No script, nothing from elsewhere.

import { randomBytes } from 'node:crypto'
import { html, raw } from 'hono/html'
import type { HtmlEscapedString } from 'hono/utils/html'
import type { ReferenceAnswer, ReferenceDocument, ReferenceOperation } from './reference-document.ts'
import { curlFor, schemaView } from './reference-parts.ts'
import { referenceStyle } from './reference-style.ts'

type Markup = HtmlEscapedString | Promise<HtmlEscapedString>

/** The page of a document, with the nonce that its one style carries. */
export async function renderReference(document: ReferenceDocument): Promise<{ page: string; nonce: string }> {
  const nonce = randomBytes(16).toString('base64url')
  const groups = groupsOf(document)
  const page = await html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${document.info.title} API</title>
        <style nonce="${nonce}">
          ${raw(referenceStyle)}
        </style>
      </head>
      <body>
        <nav aria-label="Operations">${groups.map(([tag, operations]) => contents(tag, operations))}</nav>
        <main>
          <h1>${document.info.title} API</h1>
          ${paragraphs(document.info.description)}
          <p><a href="/api/openapi.json">The same as OpenAPI 3.1</a></p>
          ${groups.map(
            ([tag, operations]) =>
              html`<h2>${titleOf(tag)}</h2>
                ${operations.map((operation) => section(operation, document))}`,
          )}
        </main>
      </body>
    </html>`
  return { page: String(page), nonce }
}

/** What the page may do: show its one style. */
export function referencePolicy(nonce: string): string {
  return `default-src 'none'; style-src 'nonce-${nonce}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`
}

interface Placed extends ReferenceOperation {
  method: string
  path: string
}

function groupsOf({ paths }: ReferenceDocument): [string, Placed[]][] {
  const groups = new Map<string, Placed[]>()
  for (const [path, operations] of Object.entries(paths)) {
    for (const [method, operation] of Object.entries(operations)) {
      const [tag = 'other'] = operation.tags ?? []
      groups.set(tag, [...(groups.get(tag) ?? []), { ...operation, method: method.toUpperCase(), path }])
    }
  }
  return [...groups].toSorted(([one], [other]) => rankOf(one) - rankOf(other))
}

const order = ['sign-in', 'account', 'projects', 'people', 'spec', 'versions', 'quality']
const rankOf = (tag: string): number => (order.includes(tag) ? order.indexOf(tag) : order.length)
const titleOf = (tag: string): string => tag.charAt(0).toUpperCase() + tag.slice(1).replaceAll('-', ' ')

const contents = (tag: string, operations: Placed[]): Markup =>
  html`<h2>${titleOf(tag)}</h2>
    <ul>
      ${operations.map(
        ({ operationId, method, path }) =>
          html`<li>
            <a href="#${operationId}"><b>${method}</b> ${breakable(path.replace(/^\/api\//, '/'))}</a>
          </li>`,
      )}
    </ul>`

function section(operation: Placed, document: ReferenceDocument): Markup {
  const { operationId, method, path, summary, description, security, parameters = [], requestBody, responses } = operation
  const who = security ? 'Signed in: a bearer token, or the cookie.' : 'Needs no session.'
  const [type, body] = Object.entries(requestBody?.content ?? {})[0] ?? []
  return html`<section id="${operationId}" aria-labelledby="${operationId}-name">
    <h3 id="${operationId}-name"><b>${method}</b> <code>${breakable(path)}</code></h3>
    <p>${summary}.</p>
    ${paragraphs(description ?? '')}
    <p class="quiet">${who}</p>
    ${
      parameters.length === 0
        ? ''
        : html`<h4>Parameters</h4>
            <ul class="fields">
              ${parameters.map(
                ({ name, in: place, required, schema, description: text }) =>
                  html`<li>
                    <code>${name}</code>
                    <span class="quiet">in ${place}${required ? '' : ', optional'}</span> ${schemaView(schema, document)}
                    ${code(text ?? '')}
                  </li>`,
              )}
            </ul>`
    }
    ${
      body
        ? html`<h4>Body <span class="quiet">${Object.keys(requestBody?.content ?? {}).join(' or ')}</span></h4>
            ${schemaView(body.schema, document)}`
        : ''
    }
    <h4>Try it</h4>
    <pre
      tabindex="0"
      aria-label="curl command"
    ><code>${curlFor({ method, path, signedIn: security !== undefined, type, schema: body?.schema, document })}</code></pre>
    <h4>Answers</h4>
    <dl>${Object.entries(responses).map(([status, answer]) => answerView(status, answer, document))}</dl>
  </section>`
}

function answerView(status: string, { description, content = {} }: ReferenceAnswer, document: ReferenceDocument): Markup {
  const shown = Object.entries(content).filter(([type]) => type !== 'application/problem+json')
  return html`<dt><b>${status}</b></dt>
    <dd>
      ${code(description)}
      ${shown.map(([type, { schema }]) => html`<div><span class="quiet">${type}</span> ${schemaView(schema, document)}</div>`)}
    </dd>`
}

const paragraphs = (text: string): Markup[] =>
  text.split('\n\n').map((paragraph) => (paragraph === '' ? raw('') : html`<p>${code(paragraph)}</p>`))

/** Backticks become code; everything is escaped. */
const code = (text: string): Markup[] => text.split('`').map((part, index) => (index % 2 ? html`<code>${part}</code>` : html`${part}`))

/** A path may break behind its slashes. */
const breakable = (path: string): Markup[] => path.split(/(?<=\/)/).map((part) => html`${part}<wbr />`)
