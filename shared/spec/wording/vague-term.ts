// Words that mean something else to everyone who reads them.

import { vagueTerms, withoutWish, type Clarification } from '../../domain/vague-terms.ts'
import type { WordingNotice, WordingSubject } from './notice.ts'

const fixes: Readonly<Record<Clarification, string>> = {
  number: 'Give a number with its unit.',
  example: 'Say how one would see that it is so.',
  actor: 'Say who.',
  list: 'Name them.',
  decision: 'Decide it, or mark it as [NEEDS CLARIFICATION: …].',
}
/** Vague words that other families say more about. */
const elsewhere = /^(?:etc|and so on|and so forth|as needed|if needed|as required|as necessary|as appropriate|(?:and|or) similar)$/

/** Notices of vague terms. */
export const findVagueTerms = ({ statement }: WordingSubject): WordingNotice[] =>
  vagueTerms(withoutWish(statement.text))
    .filter(({ term }) => !elsewhere.test(term))
    .map(({ from, to, term, clarification }) => ({
      rule: 'vague_term',
      from,
      to,
      message: `“${term}” means something else to everyone.`,
      fix: fixes[clarification],
    }))
