// The words about saving, for every state of the provider.

import { describe, expect, it } from 'vitest'
import type { ProviderState } from '../collab/provider-state.ts'
import { saveWords } from './save-words.ts'

const live: ProviderState = {
  save: { state: 'saved', hasUnsaved: false, unsavedCount: 0, reason: null },
  connection: { state: 'live' },
  role: 'editor',
  present: [],
  members: [],
  epoch: 1,
  isLoaded: true,
  isSynced: true,
  isKept: true,
  refusal: null,
  lostText: null,
}
const unsaved = (state: 'saving' | 'offline', reason: ProviderState['save']['reason'] = null) => ({
  state,
  hasUnsaved: true,
  unsavedCount: 1,
  reason,
})

describe('saveWords', () => {
  it.each<[string, Partial<ProviderState>, string, string]>([
    ['saved', {}, 'Saved', 'everything is on the server'],
    ['saving', { save: unsaved('saving') }, 'Saving…', 'your edits are kept in this browser'],
    ['saving without a copy', { save: unsaved('saving'), isKept: false }, 'Saving…', 'keep this tab open, your edits are only here'],
    ['refused', { save: unsaved('saving', 'refused') }, 'Not saved', 'your edits are kept in this browser'],
    ['loading', { connection: { state: 'connecting' }, isSynced: false }, 'Loading…', 'the text is on its way'],
    [
      'waiting for the next try',
      { save: unsaved('offline', 'not_connected'), connection: { state: 'reconnecting', attempt: 2, nextTryAt: 12_100 } },
      'Offline',
      'reconnecting in 3 s, your edits are kept in this browser',
    ],
    [
      'trying',
      { save: unsaved('offline', 'not_connected'), connection: { state: 'reconnecting', attempt: 2, nextTryAt: null } },
      'Offline',
      'reconnecting…, your edits are kept in this browser',
    ],
    [
      'draining',
      { connection: { state: 'draining', nextTryAt: 12_000 } },
      'Offline',
      'the server is restarting, your edits are kept in this browser',
    ],
  ])('[PAGE6] says it when %s', (_name, state, short, detail) => {
    expect(saveWords({ ...live, ...state }, 10_000)).toMatchObject({ short, detail })
  })

  it('[PAGE6] never says saved while an edit may exist only here', () => {
    for (const connection of [
      { state: 'live' },
      { state: 'connecting' },
      { state: 'reconnecting', attempt: 1, nextTryAt: null },
    ] as const) {
      for (const save of [unsaved('saving'), unsaved('offline'), unsaved('saving', 'refused')]) {
        expect(saveWords({ ...live, connection, save }, 0).short).not.toBe('Saved')
      }
    }
  })
})
