// How a person likes the text to be set, kept in this browser.

import { useSyncExternalStore } from 'react'
import { keep, readKept } from './kept.ts'

/** The sizes of running text in px; the first is what a new browser has. */
export const fontSizes = [16, 14, 18, 20] as const
/** How wide the column of text is. */
export const textWidths = ['normal', 'wide', 'full'] as const

export interface Preferences {
  readonly fontSizePx: (typeof fontSizes)[number]
  readonly textWidth: (typeof textWidths)[number]
  /** Whether the browser underlines words it does not know. */
  readonly checksSpelling: boolean
  /** Whether unclear words are marked in the text. */
  readonly marksWording: boolean
}

const storageKey = 'elenchus.preferences'
const listeners = new Set<() => void>()
let preferences = fromKept(readKept(storageKey))

/** Preferences out of whatever was kept; what does not fit is as if it had not been there. */
export function fromKept(kept: unknown): Preferences {
  const record: Record<string, unknown> = typeof kept === 'object' && kept !== null ? { ...kept } : {}
  return {
    fontSizePx: fontSizes.find((size) => size === record['fontSizePx']) ?? 16,
    textWidth: textWidths.find((width) => width === record['textWidth']) ?? 'normal',
    checksSpelling: record['checksSpelling'] !== false,
    marksWording: record['marksWording'] !== false,
  }
}

const columns: Readonly<Record<Preferences['textWidth'], string>> = { normal: '36em', wide: '52em', full: '100%' }

/** The variables by which texts are set; `editor/markdown-look.ts` and the reading view use them. */
function apply({ fontSizePx, textWidth }: Preferences): void {
  const { style } = document.documentElement
  style.setProperty('--text-size', `${fontSizePx}px`)
  style.setProperty('--text-width', columns[textWidth])
}

/** Sets texts as it was kept; called once, by the page's entry. */
export function applyPreferences(): void {
  apply(preferences)
}

/** Changes some of them, at once and for the next visit. */
export function setPreferences(part: Partial<Preferences>): void {
  preferences = { ...preferences, ...part }
  apply(preferences)
  keep(storageKey, preferences)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The preferences; renders again when one changes. */
export function usePreferences(): Preferences {
  return useSyncExternalStore(subscribe, () => preferences)
}
