// Words that say too little to build or to test by, each with the question that makes it say enough. Answers, items and notices are all read by this table.

/** What would make a vague word clear: it is the kind of question a follow-up asks. */
export type Clarification = 'number' | 'example' | 'actor' | 'list' | 'decision'

/** For each kind of clarification the words that need it, in lower case. */
const termsByClarification: Readonly<Record<Clarification, readonly string[]>> = {
  number: [
    'fast',
    'faster',
    'quick',
    'quickly',
    'slow',
    'rapid',
    'rapidly',
    'soon',
    'timely',
    'in a timely manner',
    'instantaneous',
    'snappy',
    'responsive performance',
    'scalable',
    'highly available',
    'high performance',
    'high-performance',
    'efficient',
    'efficiently',
    'lightweight',
    'robust',
    'reliable',
    'reliably',
    'sufficient',
    'adequate',
    'adequately',
    'reasonable',
    'reasonably',
    'acceptable',
    'significant',
    'significantly',
    'minimal',
    'optimal',
    'optimally',
    'near real-time',
    'near real time',
    'frequently',
    'occasionally',
    'regularly',
    'periodically',
    'a lot of',
    'lots of',
    'many',
    'a few',
    'several',
    'numerous',
    'large number of',
  ],
  example: [
    'easy',
    'easily',
    'easy to use',
    'simple to use',
    'intuitive',
    'intuitively',
    'user-friendly',
    'user friendly',
    'modern',
    'state-of-the-art',
    'state of the art',
    'cutting-edge',
    'best practice',
    'best practices',
    'best-in-class',
    'industry standard',
    'industry-standard',
    'world-class',
    'seamless',
    'seamlessly',
    'smooth',
    'smoothly',
    'clean design',
    'nice',
    'good',
    'beautiful',
    'flexible',
    'flexibly',
    'powerful',
    'appropriate',
    'appropriately',
    'suitable',
    'proper',
    'properly',
    'correctly handled',
    'gracefully',
    'secure',
    'securely',
    'maintainable',
    'extensible',
  ],
  actor: ['someone', 'somebody', 'somehow', 'the relevant people', 'relevant stakeholders', 'the responsible person'],
  list: ['some', 'various', 'etc', 'and so on', 'and so forth', 'and similar', 'or similar', 'different kinds of', 'relevant information'],
  decision: [
    'tbd',
    'tbc',
    'to be determined',
    'to be decided',
    'to be defined',
    'as needed',
    'if needed',
    'as required',
    'as necessary',
    'as appropriate',
    'maybe',
    'perhaps',
    'possibly',
    'somewhat',
    'more or less',
  ],
}

/** Words that take the vagueness away or give another meaning: `cryptographically secure`, `at most`, `many-to-many`, `some of`. */
const exceptions =
  /(?:\b(?:cryptographically|memory-?|thread-?|type-?)\s*secure|\bsecure\s+(?:boot|shell|sockets?|cookies?|context|enclave|hash|flag|by\s+default)|\bmany-to-|-to-many|\bto\s+secure\b|\bgood(?:s\b|\s+clinical\b|\s+practice\b|\s+faith\b|\s+until\b)|\bhow\s+many\b|\bas\s+many\b|\btoo\s+many\b|\bnot\s+good\b|\bfast\s+(?:forward|track)|\btb[dc]\s+placeholders?\b)/i

const clarificationOf = new Map<string, Clarification>(
  (Object.entries(termsByClarification) as [Clarification, readonly string[]][]).flatMap(([clarification, terms]) =>
    terms.map((term) => [term, clarification] as const),
  ),
)

const escaped = (term: string): string => term.replaceAll('-', String.raw`[-\s]`).replaceAll(' ', String.raw`\s+`)
const longestFirst = [...clarificationOf.keys()].toSorted((a, b) => b.length - a.length)
const termPattern = new RegExp(String.raw`(?<![\p{L}\p{N}_-])(?:${longestFirst.map(escaped).join('|')})(?![\p{L}\p{N}_-])`, 'giu')

/** A vague word in a text, and what would make it clear. */
export interface VagueTerm {
  readonly from: number
  readonly to: number
  readonly term: string
  readonly clarification: Clarification
}

/** How far around a word its exceptions are looked for, in units. */
const aroundUnits = 24
/** A measure so near behind a vague word says what it means: "fast (under 200 ms)". */
const measureUnits = 60
const measure = /^[^.;]{0,40}?(?:\d|\b(?:one|two|three|four|five|ten)\b)/i

/** Every vague word of `text`, in order. */
export function vagueTerms(text: string): VagueTerm[] {
  const found: VagueTerm[] = []
  for (const match of text.matchAll(termPattern)) {
    const { index } = match
    const to = index + match[0].length
    const around = text.slice(Math.max(0, index - aroundUnits), to + aroundUnits)
    const term = match[0].toLowerCase().replace(/\s+/g, ' ')
    const clarification =
      clarificationOf.get(term) ??
      clarificationOf.get(term.replaceAll('-', ' ')) ??
      clarificationOf.get(term.replaceAll(' ', '-')) ??
      'example'
    if (exceptions.test(around) || !isVagueUse(text, term, index, to)) continue
    if (clarification === 'number' && measure.test(text.slice(to, to + measureUnits))) continue
    found.push({ from: index, to, term, clarification })
  }
  return found
}

/** "some users" is vague, "some of which" is a turn of speech; `secure` and `slow` are verbs too. */
function isVagueUse(text: string, term: string, from: number, to: number): boolean {
  const before = text.slice(Math.max(0, from - 20), from)
  const behind = text.slice(to, to + 20)
  if (term === 'some') return /^\s+(?!of\b|other\b)\p{L}/u.test(behind)
  if (term === 'secure') return !/\b(?:to|shall|must|will|should|can|may|I\s+can)\s+$/i.test(before) && !/^\s+my\b/i.test(behind)
  if (term === 'slow') return !/^\s+down\b/i.test(behind)
  return true
}

/** `text` without what a story is for ("so that I can …"): that is a wish, and may stay one. */
export const withoutWish = (text: string): string => text.replace(/\bso\s+that\s+(?:I|we)\s[^\n]*/i, (wish) => ' '.repeat(wish.length))

/** Whether `text` says too little somewhere: such an item counts half, such an answer is asked about again. */
export const isVague = (text: string): boolean => vagueTerms(text).length > 0
