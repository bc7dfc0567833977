// Where the reader stands: the headings above, and what they make of the lines below them.

import { fallbackCategory, type CategoryKey } from '../../domain/categories.ts'
import type { LeftOutReason } from '../spec-item.ts'
import { categoryOfHeading, categoryOfTitle, sectionRole, type SectionRole } from './section-names.ts'

/** One heading above. */
interface HeadingFrame {
  readonly level: number
  readonly title: string
  readonly category: CategoryKey | null
  readonly leftOut: LeftOutReason | null
}

/** All that a later line needs to know of the headings and the paragraph before it. It is never changed, only replaced. */
export interface Section {
  readonly frames: readonly HeadingFrame[]
  /** The paragraph that introduces the list behind it, with its colon. */
  readonly intro: string | null
  /** Whether that paragraph says that an example or an explanation comes. */
  readonly isExplaining: boolean
}

export const documentStart: Section = { frames: [], intro: null, isExplaining: false }

const maxTitleUnits = 200

/** The section under a heading with these plain words. */
export function enterHeading(section: Section, title: string, level: number): { readonly section: Section; readonly role: SectionRole } {
  const role = sectionRole(title, level)
  const category =
    role.type === 'requirement' || role.type === 'scenario'
      ? categoryOfTitle(role.title)
      : level === 1
        ? categoryOfTitle(title)
        : categoryOfHeading(title)
  const frame: HeadingFrame = {
    level,
    title: title.slice(0, maxTitleUnits).toWellFormed(),
    category,
    leftOut: role.type === 'left_out' ? role.reason : null,
  }
  return { section: { frames: [...section.frames.filter((above) => above.level < level), frame], intro: null, isExplaining: false }, role }
}

/** The category of what stands here: of the nearest heading that names one. */
export const categoryIn = (section: Section): CategoryKey =>
  section.frames.findLast((frame) => frame.category !== null)?.category ?? fallbackCategory

/** Whether the heading right above names a category; a document's title says too little for that. */
export function isNamed(section: Section): boolean {
  const above = section.frames.at(-1)
  return above !== undefined && above.level > 1 && above.category !== null
}

/** Why nothing that stands here is an item; null when it may be. */
export const leftOutIn = (section: Section): LeftOutReason | null => section.frames.find((frame) => frame.leftOut !== null)?.leftOut ?? null

export const titlesIn = (section: Section): readonly string[] => section.frames.map((frame) => frame.title)

/** A text that is equal for equal sections. */
export const sectionKey = (section: Section): string =>
  JSON.stringify([
    section.frames.map((frame) => [frame.level, frame.title, frame.category, frame.leftOut]),
    section.intro,
    section.isExplaining,
  ])
