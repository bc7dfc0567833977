// What stands in the cards of the editor: hints at what clashes, and the card on which it is decided.

import X from 'lucide-react/icons/x'
import { useEffect, useRef, useSyncExternalStore } from 'react'
import { createPortal } from 'react-dom'
import { may } from '../../shared/domain/roles.ts'
import type { Conflict, Resolution } from '../../shared/wire/conflicts.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import type { CardSlot, CardSlots } from './card-slots.ts'
import { ConflictFacts } from './conflict-facts.tsx'
import { useConflicts } from './conflicts-data.ts'
import { Decision } from './decision.tsx'
import { offersFor, refsOf } from './offers.ts'
import { RefusalNotice } from './refusal-notice.tsx'
import { forgetRefusal, useRefusals } from './refusals.ts'

interface ConflictHintsProps {
  slots: CardSlots
  /** Puts the card in place of the hint in `from`. */
  onChoose: (conflict: Conflict, chosen: Resolution, from: HTMLElement) => void
  /** Closes the card and goes back to the text. */
  onClose: () => void
  /** What stands in one has another size now. */
  onResize: () => void
}

/** Draws into each slot there is. */
export function ConflictHints({ slots, onChoose, onClose, onResize }: ConflictHintsProps) {
  const shown = useSyncExternalStore(slots.subscribe, () => slots.slots)
  const { data = [] } = useConflicts('open')
  const latest = useRef(onResize)
  useEffect(() => {
    latest.current = onResize
  })
  useEffect(() => {
    const observer = new ResizeObserver(() => latest.current())
    for (const { dom } of shown) observer.observe(dom)
    return () => observer.disconnect()
  }, [shown])
  return shown.map((slot, index) => {
    const conflict = data.find(({ id }) => id === slot.conflictId)
    const { dom, chosen } = slot
    return createPortal(
      chosen === null ? (
        conflict && <Hint conflict={conflict} onChoose={(choice) => onChoose(conflict, choice, dom)} />
      ) : (
        <Card slot={slot} chosen={chosen} conflict={conflict} onClose={onClose} />
      ),
      dom,
      `${index} ${slot.conflictId}`,
    )
  })
}

function Hint({ conflict, onChoose }: { conflict: Conflict; onChoose: (chosen: Resolution) => void }) {
  const { role } = useOpenProject()
  return (
    <div className="grid gap-2 p-3">
      <ConflictFacts conflict={conflict} />
      {may(role, 'write') && (
        <div role="group" aria-label="What becomes of it" className="flex flex-wrap gap-1">
          {offersFor(conflict).map(({ resolution, label }) => (
            <Button key={resolution} className="h-7! px-2! text-sm!" onClick={() => onChoose(resolution)}>
              {label}
            </Button>
          ))}
        </div>
      )}
    </div>
  )
}

interface CardProps {
  slot: CardSlot
  chosen: Resolution
  /** Undefined when it is not open any more. */
  conflict: Conflict | undefined
  onClose: () => void
}

function Card({ slot: { conflictId }, chosen, conflict, onClose }: CardProps) {
  const card = useRef<HTMLElement>(null)
  const refusal = useRefusals().find((one) => one.conflict.id === conflictId)
  const { role } = useOpenProject()
  const close = () => {
    forgetRefusal(conflictId)
    onClose()
  }
  // By the keyboard one goes on from here; the editor has not placed the card yet.
  useEffect(() => card.current?.focus({ preventScroll: true }), [])
  return (
    <section
      ref={card}
      tabIndex={-1}
      aria-label={conflict ? `Decide on ${refsOf(conflict)}` : 'A conflict that is over'}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        close()
      }}
      className="relative grid gap-2 p-3 focus-visible:outline-none"
    >
      <button
        type="button"
        aria-label="Close"
        onClick={close}
        className="absolute top-2 right-2 rounded-md p-1 text-muted hover:bg-hover hover:text-text"
      >
        <X size={14} aria-hidden />
      </button>
      {conflict ? (
        <div className="grid gap-2 *:first:pr-6">
          <ConflictFacts conflict={conflict} />
          {may(role, 'write') && <Decision conflict={conflict} initial={chosen} onDecided={onClose} />}
        </div>
      ) : refusal ? (
        <div className="pt-5">
          <RefusalNotice refusal={refusal} now={undefined} onSeen={close} />
        </div>
      ) : (
        <p className="pr-6">This conflict is not open any more.</p>
      )}
    </section>
  )
}
