// The hint at unclear words: what is unclear, what would fix it, and the pattern that is offered.

import type { EarsOffer, PlacedNotice } from './wording-reader.ts'

/** Plain elements: it is read, and gone. `onUse` is null where nothing may be written. */
export function noticeHint({ message, fix, offer }: PlacedNotice, onUse: ((offer: EarsOffer) => void) | null): HTMLElement {
  const hint = document.createElement('div')
  hint.className = 'wording-hint'
  line(hint, 'wording-message', message)
  line(hint, 'wording-fix', fix)
  if (offer === null) return hint
  line(hint, 'wording-offer', offer.text)
  if (onUse && offer.span) {
    const button = hint.appendChild(document.createElement('button'))
    button.type = 'button'
    button.textContent = 'Write it so'
    button.addEventListener('click', () => onUse(offer))
  }
  return hint
}

function line(hint: HTMLElement, className: string, text: string): void {
  const paragraph = hint.appendChild(document.createElement('p'))
  paragraph.className = className
  paragraph.textContent = text
}
