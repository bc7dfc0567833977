// The card in the text on which a conflict is decided: it stays at its place until it is closed, whatever the pointer does.

import { StateEffect, StateField, type Extension } from '@codemirror/state'
import { EditorView, showTooltip, type Tooltip } from '@codemirror/view'
import type { Resolution } from '../../shared/wire/conflicts.ts'
import type { CardSlots } from './card-slots.ts'

export interface PinnedCard {
  conflictId: string
  chosen: Resolution
  /** Where it points at. */
  pos: number
}

/** Shows a card instead of the one there is; null closes it. */
export const pinCard = StateEffect.define<PinnedCard | null>()

/** Room for one card, and the housekeeping of `slots`. */
export function conflictCards(slots: CardSlots): Extension {
  const card = StateField.define<Tooltip | null>({
    create: () => null,
    update(before, transaction) {
      for (const effect of transaction.effects) if (effect.is(pinCard)) return effect.value && tooltipFor(effect.value, slots)
      return before && transaction.docChanged ? { ...before, pos: transaction.changes.mapPos(before.pos) } : before
    },
    provide: (field) => showTooltip.from(field),
  })
  // Asked after the editor has drawn: what it makes in this update is on the screen only then.
  return [card, EditorView.updateListener.of(() => queueMicrotask(() => slots.dropLost()))]
}

function tooltipFor({ conflictId, chosen, pos }: PinnedCard, slots: CardSlots): Tooltip {
  return {
    pos,
    clip: false,
    create: () => {
      const dom = slots.make(conflictId, chosen)
      dom.className = 'clash-card'
      return { dom }
    },
  }
}
