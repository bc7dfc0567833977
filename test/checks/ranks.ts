// The rank table: which folder may import which. The lint rule `house/ranks` reads it, and nothing else repeats it.

/** Lowest rank first; folders on one line share a rank, and never import each other. A folder owns what lies below it. */
const ladders: readonly (readonly (readonly string[])[])[] = [
  [['shared'], ['shared/domain'], ['shared/spec'], ['shared/wire']],
  [
    ['server/base'],
    ['server/store', 'server/llm', 'server/redis', 'server/jobs', 'server/mail'],
    ['server/audit'],
    ['server/auth'],
    ['server/projects'],
    ['server/accounts'],
    ['server/documents'],
    ['server/versions'],
    ['server/items'],
    ['server/conflicts'],
    ['server/quality'],
    ['server/interview'],
    ['server/generation'],
    ['server/http', 'server/socket', 'server/backup'],
    ['server/composition', 'server/doctor'],
    ['server'],
  ],
  [
    ['client/net'],
    ['client/collab'],
    ['client/ui'],
    ['client/session'],
    [
      'client/editor',
      'client/items',
      'client/conflicts',
      'client/wording',
      'client/interview',
      'client/quality',
      'client/generation',
      'client/history',
      'client/members',
      'client/account',
      'client/projects',
    ],
    ['client/workspace'],
    ['client'],
  ],
]

/** What a part of the house may import beside itself; `test` holds rigs and checks, which may reach everything; `examples` stand outside. */
const reach: Readonly<Record<string, readonly string[]>> = {
  shared: [],
  server: ['shared'],
  client: ['shared'],
  load: ['shared', 'client/net', 'client/collab'],
}

/** The packages pure code may use: each one without I/O. */
const purePackages = /^(zod|yjs|lib0|diff|@lezer)(\/|$)/
/** What ties code to a browser's page; `client/net` and `client/collab` also run in Node. */
const pagePackages = /^(react|react-dom|radix-ui|sonner|wouter|lucide-react|y-indexeddb|y-codemirror\.next|@codemirror|@tanstack)(\/|$)/

const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path)
const isConfig = (path: string): boolean => path.endsWith('.config.ts')
const isWithin = (path: string, folder: string): boolean => path.startsWith(`${folder}/`)
const partOf = (path: string): string => path.split('/', 1)[0] ?? ''

/** Where the folder that owns `path` stands: the longest entry wins, but a root's own entry owns only the files right in it. */
function placeOf(path: string): { folder: string; rank: number; ladder: readonly (readonly string[])[] } | undefined {
  const folder = path.slice(0, Math.max(0, path.lastIndexOf('/')))
  for (const ladder of ladders) {
    for (const [rank, entries] of ladder.entries()) {
      const owner = entries.find((entry) => folder === entry || (entry.includes('/') && isWithin(folder, entry)))
      if (owner !== undefined) return { folder: owner, rank, ladder }
    }
  }
  return undefined
}

const ladderText = (ladder: readonly (readonly string[])[]): string => ladder.map((entries) => entries.join(', ')).join(' < ')

/**
 * Why `importer` may not import `imported` (both paths from the repository's root, with `/`), in a sentence that names the ranks;
 * undefined when it may. Tests beside the source keep to the ranks too, and may use `test/` besides.
 */
export function importProblem(importer: string, imported: string): string | undefined {
  const part = partOf(importer)
  if (part === 'test' || part === 'examples' || isConfig(importer)) return undefined
  if (isTest(importer) && isWithin(imported, 'test')) return undefined
  if (isTest(imported)) return 'a test is imported by nobody'
  if (partOf(imported) !== part) return crossingProblem(part, imported)
  return part === 'load' ? undefined : rankProblem(importer, imported)
}

function crossingProblem(part: string, imported: string): string | undefined {
  const allowed = reach[part]
  if (allowed === undefined) return undefined
  if (allowed.some((folder) => isWithin(imported, folder))) return undefined
  const list = allowed.length === 0 ? 'nothing outside itself' : allowed.join(', ')
  return `${part} may import ${list}, never ${partOf(imported)}`
}

function rankProblem(importer: string, imported: string): string | undefined {
  const from = placeOf(importer)
  const to = placeOf(imported)
  const unknown = from === undefined ? importer : to === undefined ? imported : undefined
  if (unknown !== undefined) return `the folder of ${unknown} has no rank: give it one in test/checks/ranks.ts`
  if (from === undefined || to === undefined || from.folder === to.folder || to.rank < from.rank) return undefined
  const relation = to.rank === from.rank ? 'the same rank as' : 'a higher rank than'
  return `${to.folder} has ${relation} ${from.folder}; a folder imports itself and lower ranks only: ${ladderText(from.ladder)}`
}

/** Why `importer` may not use the package or built-in `name` ('zod', 'node:fs'); undefined when it may. */
export function packageProblem(importer: string, name: string): string | undefined {
  if (isTest(importer) || isConfig(importer)) return undefined
  const part = partOf(importer)
  if ((part === 'shared' || part === 'client') && name.startsWith('node:')) return `${part} runs in the browser too: no node: module`
  if (part === 'shared' && !purePackages.test(name))
    return 'shared is pure: add a package to purePackages in test/checks/ranks.ts only if it does no I/O'
  const runsAnywhere = isWithin(importer, 'client/net') || isWithin(importer, 'client/collab')
  if (runsAnywhere && pagePackages.test(name)) return 'client/net and client/collab also run in Node: no React, no page, no browser storage'
  return undefined
}
