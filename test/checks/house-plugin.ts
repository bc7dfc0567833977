// The lint rules of this house that no linter brings: ranks, SQL in its room, no barrels, file names, the opening line.

import { posix, relative, resolve, sep } from 'node:path'
import { importProblem, packageProblem } from './ranks.ts'

/** The part of an ESTree node that the rules read. */
interface Node {
  readonly type: string
  readonly source?: { readonly value: unknown } | null
  readonly tag?: Node
  readonly callee?: Node
  readonly object?: Node
  readonly property?: Node
  readonly name?: string
}

interface Context {
  readonly filename: string
  readonly cwd: string
  readonly sourceCode: { readonly text: string }
  report(problem: { node: Node; message: string }): void
}

type Visitor = Record<string, (node: Node) => void>

const pathOf = (context: Context): string => relative(context.cwd, resolve(context.filename)).split(sep).join('/')

/** The last name of `a.b.c` or `c`: what is called or tagged, however it was reached. */
function lastName(node: Node | undefined): string {
  if (node?.type === 'Identifier') return node.name ?? ''
  return node?.type === 'MemberExpression' ? (node.property?.name ?? '') : ''
}

const ranks = {
  create(context: Context): Visitor {
    const importer = pathOf(context)
    const check = (node: Node): void => {
      const specifier = node.source?.value
      if (typeof specifier !== 'string') return
      const imported = specifier.startsWith('.') ? posix.join(posix.dirname(importer), specifier) : undefined
      const problem = imported === undefined ? packageProblem(importer, specifier) : importProblem(importer, imported)
      if (problem !== undefined) context.report({ node, message: `${importer} imports ${imported ?? specifier}: ${problem}.` })
    }
    return {
      ImportDeclaration: check,
      ExportNamedDeclaration: check,
      ExportAllDeclaration: check,
      ImportExpression: check,
      TSImportType: check,
    }
  },
}

const sqlInStore = {
  create(context: Context): Visitor {
    const path = pathOf(context)
    const isExempt = !path.startsWith('server/') || path.startsWith('server/store/') || path.endsWith('.test.ts')
    if (isExempt) return {}
    const message = `${path}: SQL belongs into server/store/; call a function of a store from here.`
    return {
      TaggedTemplateExpression(node) {
        if (lastName(node.tag).toLowerCase() === 'sql') context.report({ node, message })
      },
      CallExpression(node) {
        // `c.req.query()` is Hono's look at the address, not a statement.
        const isStatement = lastName(node.callee) === 'query' && lastName(node.callee?.object) !== 'req'
        if (isStatement) context.report({ node, message })
      },
    }
  },
}

const noReexport = {
  create(context: Context): Visitor {
    const check = (node: Node): void => {
      if (node.source) context.report({ node, message: 'No barrels: import from the file that owns the thing.' })
    }
    return { ExportNamedDeclaration: check, ExportAllDeclaration: check }
  },
}

const fileNames = {
  create(context: Context): Visitor {
    const name = posix.basename(pathOf(context)).split('.', 1)[0] ?? ''
    if (!/^(index|utils?|helpers?|misc|common)$/.test(name)) return {}
    return { Program: (node) => context.report({ node, message: `"${name}" says nothing: name the file after what it owns.` }) }
  },
}

const openingLine = {
  create(context: Context): Visitor {
    const [first = '', second = ''] = context.sourceCode.text.split('\n', 2)
    const line = first.startsWith('#!') ? second : first
    if (/^\/\/ \S/.test(line)) return {}
    return { Program: (node) => context.report({ node, message: 'The first line is a comment of one sentence: what this file owns.' }) }
  },
}

export default {
  meta: { name: 'house' },
  rules: { ranks, 'sql-in-store': sqlInStore, 'no-reexport': noReexport, 'file-names': fileNames, 'opening-line': openingLine },
}
