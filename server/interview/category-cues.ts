// Which category words speak of, where no heading and no question says so: turns of speech as data, and the reading of them.

import { categoryKeys, fallbackCategory, type CategoryKey } from '../../shared/domain/categories.ts'
import { readLead } from '../../shared/spec/grammar/statement-text.ts'
import { modalityOf } from '../../shared/spec/statement/modality.ts'

/** Patterns, each of which speaks for its category once. */
const cues: Readonly<Partial<Record<CategoryKey, readonly RegExp[]>>> = {
  goals: [
    /\b(?:goal|aim|purpose|objective)s? (?:is|are)\b/,
    /\b(?:reduce|increase|cut|halve|double|save|fewer|less)\b.*(?:%|percent|by \d|half)/,
    /\bsuccess\b/,
  ],
  tech_stack: [
    /\b(?:postgres\w*|mysql|sqlite|oracle|mongodb|redis|react|angular|vue|svelte|django|rails|spring|node(?:\.js)?|typescript|javascript|python|java|kotlin|rust|golang|kubernetes|docker|aws|azure|gcp)\b/,
    /\b(?:database|framework|programming language|browsers?|operating system|android|ios|cloud|hosted|servers? (?:stand|run))\b/,
  ],
  scalability: [
    /\b(?:concurrent|simultaneous(?:ly)?|at the same time|at once|at peak|peak)\b/,
    /\b\d[\d.,]*\s*(?:k|m|thousand|million)?\s*(?:users?|people|records?|requests?|customers?|employees?)\b.*\b(?:a|per|each|every) (?:second|minute|hour|day|month|year)\b/,
  ],
  security: [
    /\b(?:passwords?|sign(?:s|ed)?[ -]?(?:in|on)|log(?:s|ged)?[ -]?in|single sign-on|two-factor|authenticat\w*|encrypt\w*)\b/,
    /\b(?:permissions?|(?:may|can|must|shall) (?:only|not) (?:see|read|access|edit)|may (?:see|read|access|edit)|access to|personal data|gdpr|privacy|confidential)\b/,
  ],
  performance: [
    /\b(?:within|under|below|less than|at most|in|after|faster than)\s+(?:\d[\d.,]*|an?|one|two|three|five|ten)\s*(?:ms|milliseconds?|s|seconds?)\b/,
    /\b(?:latency|response times?|load(?:s|ing)? times?)\b/,
  ],
  testing: [/\b(?:tests?|tested|testing|test cases?|coverage|qa|acceptance tests?)\b/, /\b(?:before|every|each) release\b/],
  monitoring: [/\b(?:alerts?|alerted|monitor\w*|dashboards?|on[- ]call|paged|audit (?:log|trail)|logged|logs)\b/],
  data_retention: [
    /\b(?:kept|keep|retain\w*|stored|delet\w*|archiv\w*|eras\w*)\b.*\b(?:days?|weeks?|months?|years?|for ever|forever)\b/,
    /\b(?:retention|trash|earlier versions)\b/,
  ],
  disaster_recovery: [
    /\b(?:backups?|outages?|failover|restor\w*|downtime|disaster|availability|data loss)\b/,
    /\b99(?:[.,]\d+)?\s*%/,
    /\b(?:may|can) be (?:lost|down|out of reach)\b/,
  ],
  users: [/\b(?:personas?|user groups?)\b/, /\b(?:users?|people who use it) (?:are|include)\b/],
  timeline: [
    /\b(?:deadline|go[- ]?live|launch(?:es|ed)?|milestones?|first release)\b/,
    /\b(?:by|until|before|in|from|on)\s+(?:the (?:end|start|beginning|middle) of\s+)?(?:\d{1,2}(?:st|nd|rd|th)?\s+)?(?:january|february|march|april|may|june|july|august|september|october|november|december|q[1-4]|20\d\d)\b/,
  ],
  budget: [/(?:€|\$|£)\s*\d|\b\d[\d.,]*\s*(?:k\s*)?(?:euros?|eur|dollars?|usd|pounds?)\b/, /\b(?:budget|costs?|funding)\b/],
  team: [/\b(?:developers?|engineers?|designers?)\b.*\b(?:team|build|work|hire)\b|\bteam of\b|\bfull[- ]time\b/],
  constraints: [/\b(?:law|contract|regulation|standard|iso \d+)\b.*\b(?:requires?|demands?|says|forbids?)\b/],
  deployment: [/\b(?:deploy\w*|roll(?:ed)? ?(?:back|out)|staging|release pipeline|installed (?:on|by))\b/],
  out_of_scope: [/\b(?:out of scope|not part of|is not planned|will not (?:be )?(?:buil[dt]|do|include|support))\b/],
}

function score(text: string, category: CategoryKey): number {
  return (cues[category] ?? []).filter((cue) => cue.test(text)).length
}

/** The category that the words speak of; null when none of them says. */
export function categorySpokenOf(words: string): CategoryKey | null {
  const text = words.toLowerCase()
  const [best] = categoryKeys.map((key) => ({ key, found: score(text, key) })).toSorted((one, other) => other.found - one.found)
  return best !== undefined && best.found > 0 ? best.key : null
}

/** The category of a statement: that of the question it answers, unless it demands or names something of another, and nothing of that. */
export function categoryOfStatement(words: string, asked: CategoryKey | null): CategoryKey {
  const spoken = categorySpokenOf(words)
  if (asked === null) return spoken ?? fallbackCategory
  const isOfItsOwn = modalityOf(words) !== 'none' || readLead(words) !== undefined
  return spoken === null || !isOfItsOwn || score(words.toLowerCase(), asked) > 0 ? asked : spoken
}
