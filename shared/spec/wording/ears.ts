// The EARS patterns: which one a statement follows, and the one it is offered when it nearly does.

import type { ConditionKind } from '../statement/condition.ts'
import type { WordingSubject } from './notice.ts'

/** The five patterns; `complex` joins several conditions. */
export type EarsPattern = 'ubiquitous' | 'when' | 'while' | 'where' | 'if_then' | 'complex'

const patternOf: Readonly<Record<ConditionKind, EarsPattern>> = {
  when: 'when',
  while: 'while',
  where: 'where',
  if: 'if_then',
  unless: 'if_then',
}

/** The pattern of a statement: conditions first, then an actor that must do something. Null when it follows none. */
export function earsPattern({ statement, modality, kind }: WordingSubject): EarsPattern | null {
  const { clause, conditions, mainFrom } = statement
  if (
    kind === 'scenario' ||
    kind === 'story' ||
    clause.actor === null ||
    clause.action === null ||
    modality === 'none' ||
    modality === 'may'
  )
    return null
  const leading = conditions.filter((condition) => condition.to <= mainFrom)
  if (leading.length < conditions.length) return null
  const [first] = leading
  if (first === undefined) return 'ubiquitous'
  return leading.length > 1 ? 'complex' : patternOf[first.kind]
}

const orderOfNoun = /^[\p{L}-]+(?:\s+[^\s,.;]+){0,6}?\s+(?:is|are|was|were|has|have|include|includes)\b/iu
/** Behind these verbs `if` and `when` ask a question and set no condition. */
const asks = /\b(?:check|checks|confirm|determine|verify|ask|asks|know|see|document|documents|explain|explains|that)\b/i

/** The statement in the pattern it nearly follows, with `…` for what is not known; null when it follows one, or when a pattern would change what it says. */
export function earsOffer(subject: WordingSubject): string | null {
  const { statement, kind, text, bodyFrom } = subject
  if (
    kind === 'scenario' ||
    kind === 'story' ||
    kind === 'row' ||
    text.includes('\n') ||
    earsPattern(subject) !== null ||
    /^as\s+an?\s/i.test(text.slice(bodyFrom))
  )
    return null
  const { clause, conditions, mainFrom } = statement
  const [condition] = conditions
  if (clause.action === null || clause.action.isPassive || /[.;]\s+\S/.test(text)) return null
  if (condition === undefined) return clause.actor === null && subject.modality === 'none' && bodyFrom === 0 ? offerForOrder(text) : null
  const isLast = condition.to >= statement.text.replace(/[.\s]+$/, '').length
  const main = statement.text.slice(mainFrom, condition.from).replace(/[.,;\s]+$/, '')
  if (
    clause.actor === null ||
    conditions.length > 1 ||
    condition.from < mainFrom ||
    !isLast ||
    asks.test(main) ||
    /^(?:they|it|he|she|this|these)\b/i.test(condition.text)
  )
    return null
  const words = statement.text.slice(condition.from, condition.to).trim()
  return `${text.slice(0, bodyFrom)}${words.slice(0, 1).toUpperCase()}${words.slice(1)}, ${condition.kind === 'if' ? 'then ' : ''}${withSmallStart(main)}.`
}

function offerForOrder(text: string): string | null {
  if (orderOfNoun.test(text)) return null
  return `The … shall ${text.slice(0, 1).toLowerCase()}${text.slice(1).replace(/[.,;\s]+$/, '')}.`
}

/** An article loses its capital, a name keeps it. */
const withSmallStart = (main: string): string => main.replace(/^(?:The|A|An|All|Each|Every|Any|No|Only)\b/, (word) => word.toLowerCase())
