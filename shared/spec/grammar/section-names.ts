// What a heading says: which category it names, whether its section is about the document, whether it is itself a requirement.

import { categories, categoryKeys, type CategoryKey } from '../../domain/categories.ts'
import { leadingId } from './external-id.ts'

/** What a section's heading makes of it. */
export type SectionRole =
  | { readonly type: 'plain' }
  | { readonly type: 'left_out'; readonly reason: 'clarifications' | 'about_the_document' | 'example' }
  | { readonly type: 'requirement' | 'scenario'; readonly title: string; readonly externalId: string | null }

/** Sections that speak of the document and not of the system, in lower case without generic words. */
const aboutTheDocument = new Set([
  'table of contents',
  'contents',
  'toc',
  'revision history',
  'change history',
  'document history',
  'version history',
  'history',
  'implementation history',
  'changelog',
  'change log',
  'document control',
  'document metadata',
  'document information',
  'metadata',
  'references',
  'further reading',
  'see also',
  'bibliography',
  'related documents',
  'links',
  'glossary',
  'terminology',
  'terms',
  'terms and definitions',
  'definitions',
  'acronyms',
  'abbreviations',
  'definitions and acronyms',
  'notations',
  'notational conventions',
  'conventions',
  'approvals',
  'sign-off',
  'signoff',
  'signatures',
  'signature & approval matrix',
  'release signoff checklist',
  'authors',
  'contributors',
  'acknowledgements',
  'license',
  'licence',
])

/** Words around a category's name that change nothing in what it names. */
const genericWords = new Set([
  'requirement',
  'requirements',
  'consideration',
  'considerations',
  'strategy',
  'strategies',
  'plan',
  'plans',
  'planning',
  'policy',
  'policies',
  'specification',
  'specifications',
  'spec',
  'details',
  'design',
  'concerns',
  'targets',
  'target',
  'approach',
  'budget',
  'budgets',
  'matrix',
  'checklist',
  'section',
  'needs',
  'guidelines',
  'mandates',
  'our',
  'the',
  'key',
  'core',
  'main',
  'project',
  'product',
  'software',
  'system',
  'optional',
  'mandatory',
  'notes',
  'aspects',
  'criteria',
  'expectations',
  'constraints',
  'overview',
  'model',
  'standards',
  'rules',
])

const categoryByHeading = new Map<string, CategoryKey>(
  categoryKeys.flatMap((key) => categories[key].headings.map((heading) => [heading, key] as const)),
)

/** A heading's words without number, emphasis, remark in brackets, emoji and closing colon, in lower case. */
export function normaliseHeading(heading: string): string {
  return heading
    .toLowerCase()
    .replace(/\([^()]*\)|\[[^[\]]*\]/g, ' ')
    .replace(/^[^\p{L}\p{N}]+/u, '')
    .replace(/^(?:section|chapter|part|appendix)?\s*(?:\d+(?:\.\d+)*|[ivx]+(?=[.)]))[.):]*\s+/u, '')
    .replace(/[*_`~#]|[^\p{L}\p{N}\s&/,.'’+-]/gu, ' ')
    .replace(/[:.\s]+$/u, '')
    .replace(/\s+/g, ' ')
    .trim()
}

/** Longer headings are sentences, and name nothing. */
const maxHeadingUnits = 120

/** The category that a heading names as a whole, or by the first of the names it joins with `&`, `and`, `/` or a comma. */
export function categoryOfHeading(heading: string): CategoryKey | null {
  return (
    categoryOfTitle(heading) ??
    (heading.length > maxHeadingUnits ? null : categoryOfName(normaliseHeading(heading).split(/\s*(?:&|,|\/|\+|\band\b)\s*/u)[0] ?? ''))
  )
}

/** The category that a title names as a whole: of a document or of one requirement, where a part of it names something else. */
export const categoryOfTitle = (title: string): CategoryKey | null =>
  title.length > maxHeadingUnits ? null : categoryOfName(normaliseHeading(title))

function categoryOfName(name: string): CategoryKey | null {
  const direct = categoryByHeading.get(name)
  if (direct !== undefined) return direct
  let words = name.split(' ').filter((word) => !/^(?:v?\d+(?:\.\d+)*|mvp|phase|release|high-level)$/u.test(word))
  while (words.length > 0) {
    const found = categoryByHeading.get(words.join(' '))
    if (found !== undefined) return found
    if (genericWords.has(words.at(-1) ?? '')) words = words.slice(0, -1)
    else if (genericWords.has(words[0] ?? '')) words = words.slice(1)
    else return null
  }
  return null
}

const namedRequirement =
  /^(?:requirement|user story|story|use case|feature|epic|rule)\s*(?:[A-Z]{0,4}-?\d+(?:\.\d+)*[a-z]?)?\s*(?::|\s[-–—])\s*(\S.*)$/iu
const namedScenario = /^(?:scenario|scenario outline|example)\s*(?:\d+(?:\.\d+)*)?\s*(?::|\s[-–—])\s*(\S.*)$/iu

/** What the section under `heading` (plain words, `level` 1 to 6) is. A document's title is never a requirement. */
export function sectionRole(heading: string, level: number): SectionRole {
  const name = heading.length > maxHeadingUnits ? '' : normaliseHeading(heading)
  if (name === 'clarifications' || name === 'clarification') return { type: 'left_out', reason: 'clarifications' }
  if (aboutTheDocument.has(name) || name.split(/\s*(?:&|\band\b)\s*/u).every((part) => aboutTheDocument.has(part)))
    return { type: 'left_out', reason: 'about_the_document' }
  if (name === 'example' || name === 'examples') return { type: 'left_out', reason: 'example' }
  if (level === 1) return { type: 'plain' }
  const scenario = namedScenario.exec(heading)?.[1]
  if (scenario !== undefined) return { type: 'scenario', title: scenario, externalId: null }
  const id = leadingId(heading)
  if (id !== undefined) return { type: 'requirement', title: heading.slice(id.to).trim(), externalId: id.externalId }
  const title = namedRequirement.exec(heading)?.[1]
  return title === undefined ? { type: 'plain' } : { type: 'requirement', title, externalId: null }
}
