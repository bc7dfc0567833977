// Compares the numbered rules of SPEC.md with the rule ids that open test titles.

/** The text of one test file. */
export interface TestFile {
  path: string
  text: string
}

export interface CitationReport {
  rules: number
  citations: number
  /** One sentence each; empty when every rule has a test and every test cites a rule that is there. */
  problems: string[]
}

const rulePattern = /^- \*\*([A-Z]+\d+)\*\* \S/gm
/** A string that opens with `[DOC1]` or `[DOC1, PG2]`, together with the word before its bracket: `it(`, `it.skip(`. */
const titlePattern = /([\w.]*)\(?\s*['"`]\[([A-Z]+\d+(?:, ?[A-Z]+\d+)*)\] /g

/** Reads the rules of `spec` and the titles in `files`; a test that is skipped or only planned proves nothing. */
export function compareCitations(spec: string, files: readonly TestFile[]): CitationReport {
  const ids = [...spec.matchAll(rulePattern)].map((match) => match[1] ?? '')
  const cited = files.flatMap(({ path, text }) => citationsIn(text).map((id) => ({ id, path })))
  const rules = new Set(ids)
  const proven = new Set(cited.map(({ id }) => id))
  const twice = new Set(ids.filter((id, index) => ids.indexOf(id) !== index))
  const problems = [
    ...[...twice].map((id) => `SPEC.md has ${id} more than once.`),
    ...[...rules].filter((id) => !proven.has(id)).map((id) => `${id} has no test whose title begins with [${id}].`),
    ...cited.filter(({ id }) => !rules.has(id)).map(({ id, path }) => `${path} cites [${id}], which is no rule of SPEC.md.`),
  ]
  return { rules: rules.size, citations: cited.length, problems: [...new Set(problems)] }
}

function citationsIn(text: string): string[] {
  return [...text.matchAll(titlePattern)]
    .filter(([, caller = '']) => !/\.(skip|todo|fails)$/.test(caller))
    .flatMap(([, , list = '']) => list.split(/, ?/))
}
