// What one look at an installation finds, and how it is told.

/** `wrong` keeps the server from working, `doubtful` does not, but should be known. */
export type Verdict = 'fine' | 'doubtful' | 'wrong'

export interface Finding {
  verdict: Verdict
  /** In plain words, for whoever runs the installation. INVARIANT: no secret and no part of an address that may hold one. */
  sentence: string
  /** What to do; absent when all is well. */
  remedy?: string
}

export const fine = (sentence: string): Finding => ({ verdict: 'fine', sentence })
export const doubtful = (sentence: string, remedy: string): Finding => ({ verdict: 'doubtful', sentence, remedy })
export const wrong = (sentence: string, remedy: string): Finding => ({ verdict: 'wrong', sentence, remedy })

const marks = { fine: 'ok   ', doubtful: 'note ', wrong: 'WRONG' } as const satisfies Record<Verdict, string>

/** A line for each finding, one below it for what to do, and a sentence at the end. */
export function tellFindings(findings: readonly Finding[]): string {
  const lines = findings.flatMap(({ verdict, sentence, remedy }) => [
    `${marks[verdict]} ${sentence}`,
    ...(remedy === undefined ? [] : [`      -> ${remedy}`]),
  ])
  const count = findings.filter(({ verdict }) => verdict === 'wrong').length
  const end = count === 0 ? 'Nothing is wrong.' : `${count} ${count === 1 ? 'thing is' : 'things are'} wrong.`
  return [...lines, '', end].join('\n')
}

/** The code of an error of the system, of PostgreSQL or of a library; 'unknown' when it has none. */
export function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}

/** Where an address leads, without the user, the password and the options in it. */
export function placeOf(address: string): string {
  return URL.canParse(address) ? new URL(address).host || 'this machine' : 'an address that cannot be read'
}
