// All wording notices of an item: every family, in the order of the text.

import { findFixedPhrases } from './fixed-phrases.ts'
import { findMissingUnits } from './missing-unit.ts'
import type { WordingNotice, WordingSubject } from './notice.ts'
import { findPassives } from './passive-voice.ts'
import { findPronouns } from './pronoun.ts'
import { findTwoInOne } from './two-in-one.ts'
import { findVagueTerms } from './vague-term.ts'

const families = [findVagueTerms, findFixedPhrases, findMissingUnits, findPassives, findPronouns, findTwoInOne]

/** The notices of one item. It is cheap enough for each keystroke: a few hundredths of a millisecond. */
export const checkWording = (item: WordingSubject): WordingNotice[] =>
  families.flatMap((find) => find(item)).toSorted((a, b) => a.from - b.from || a.to - b.to)
