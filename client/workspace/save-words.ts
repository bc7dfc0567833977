// What the page says about saving, in words; from the provider's state alone.

import type { ProviderState } from '../collab/provider-state.ts'

/** How much attention the words ask for. */
export type SaveTone = 'calm' | 'busy' | 'away'

interface SaveWords {
  tone: SaveTone
  /** One or two words, always shown. */
  short: string
  /** What happens next and what becomes of the edits. */
  detail: string
}

/** `now` is in ms, as of `Date.now()`; it counts down to the next try. */
export function saveWords(state: ProviderState, now: number): SaveWords {
  const { save, connection, isKept, isSynced } = state
  const kept = isKept ? 'your edits are kept in this browser' : 'keep this tab open, your edits are only here'
  switch (connection.state) {
    case 'closed':
      return { tone: 'away', short: 'Closed', detail: save.hasUnsaved ? 'some edits were not saved' : 'everything was saved' }
    case 'draining':
      return { tone: 'away', short: 'Offline', detail: `the server is restarting, ${kept}` }
    case 'reconnecting':
      return { tone: 'away', short: 'Offline', detail: `${reconnectWords(connection.nextTryAt, now)}, ${kept}` }
    case 'connecting':
      return { tone: 'busy', short: isSynced ? 'Connecting…' : 'Loading…', detail: save.hasUnsaved ? kept : 'the text is on its way' }
    case 'live':
      return liveWords(save, kept)
  }
}

function reconnectWords(nextTryAt: number | null, now: number): string {
  const secondsLeft = nextTryAt === null ? 0 : Math.ceil((nextTryAt - now) / 1000)
  return secondsLeft > 0 ? `reconnecting in ${secondsLeft} s` : 'reconnecting…'
}

function liveWords(save: ProviderState['save'], kept: string): SaveWords {
  if (save.reason === 'refused') return { tone: 'away', short: 'Not saved', detail: kept }
  if (save.state === 'saved') return { tone: 'calm', short: 'Saved', detail: 'everything is on the server' }
  if (save.state === 'saving') return { tone: 'busy', short: 'Saving…', detail: kept }
  return { tone: 'away', short: 'Offline', detail: kept }
}
