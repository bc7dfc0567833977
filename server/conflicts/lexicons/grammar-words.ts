// Function words that give a requirement its shape: obligation, permission, negation, condition, scope.

const set = (text: string): ReadonlySet<string> => new Set(text.split(' '))

/** Verbs that say how binding a requirement is. */
export const modals = set('shall must should will would can could may might')
/** Modals that permit. */
export const permissiveModals = set('can could may might')
/** Words that turn a statement round. */
export const negations = set("not never n't neither nor")
/** `be … to do`: it is permitted. */
export const ablePredicates = set('able capable allow permit authorise authorize entitle enable free welcome')
/** `be … to do`, `be …`: it is forbidden. */
export const forbiddenPredicates = set(
  'forbidden forbid prohibited prohibit ban banned prevent bar block disallow disallowed deny unable impossible illegal inadmissible',
)
/** `be … to do`: it is required. */
export const requiredPredicates = set('require required oblige obliged need suppose supposed force mandatory bound')
/** `have the … to do`: it is permitted. */
export const rights = set(
  'option ability right authority permission possibility opportunity capability privilege choice chance freedom power',
)
/** `… someone to do`: it is permitted to that someone. */
export const enablers = set('allow enable permit let authorise authorize empower help entitle')
/** `… someone from doing`, `… the doing`: it is forbidden. */
export const preventers = set('prevent prohibit stop block forbid ban restrict disallow bar hinder keep')
/** `… to do`: it is not done. */
export const refusers = set('refuse decline fail avoid cease reject')
/** Words that begin a condition with a verb of its own. */
export const subordinators = set('if when whenever while whilst unless until once where wherever provided')
/** Words that begin a circumstance in front of the sentence. */
export const circumstances = set('in during for after before outside upon on under with without at as except by within from to')
/** Words that limit to what they stand by. */
export const limiters = set('only solely exclusively just purely')
/** Words that say that all of a kind are meant. */
export const universals = set('all every each any always everything everyone everybody anyone anybody whole entire never anytime')
/** Words that say that a part of a kind is meant. */
export const partials = set('some most many several few certain selected partial partially part half')
/** Words that deny what they stand by. */
export const deniers = set('no without none nobody nothing zero neither free lack lacking missing except excluding')
/** What stands behind `by` without doing anything: `by default`, `by email`. */
export const instruments = set(
  'default hand email e-mail mail post sms phone fax card credit-card debit-card transfer bank-transfer cheque cash law means number date name id key time clicking using day week month hour minute end post letter courier url link code password token qr barcode default',
)
/** Subjects that stand for whoever there is. */
export const everybody = set('user everyone everybody anyone anybody person people somebody someone individual all one it')
/** Subjects that are the thing that is specified. */
export const theSystem = set(
  'system application platform software module service product solution tool app website site server backend api program component interface library process administration it implementation',
)
