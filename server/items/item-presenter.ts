// The items of a text as they cross the wire, made anew only where one has changed.

import type { Item } from '../../shared/wire/items.ts'
import type { ItemRow } from '../store/items-store.ts'
import { presentItem } from './item-content.ts'
import type { KnownItems } from './known-items.ts'
import type { Ledger } from './ledger.ts'

const itemsInStep = 200

export class ItemPresenter {
  /** What a row was shown as last: most have only moved since, if at all. */
  readonly #shown = new WeakMap<ItemRow, Item>()

  present(ledger: Ledger, known: KnownItems): Item[] {
    const steps = this.presentInSteps(ledger, known)
    for (;;) {
      const step = steps.next()
      if (step.done === true) return step.value
    }
  }

  /** The same in steps, between which the text may go on: they are of the text as it was at the first. */
  *presentInSteps({ ids, items }: Ledger, known: KnownItems): Generator<void, Item[]> {
    const repeated = repeatedIds(items)
    // A change of the ledger replaces both lists; an id that is assigned meanwhile has no row here.
    const shown: Item[] = []
    for (const [index, item] of items.entries()) {
      if (index % itemsInStep === itemsInStep - 1) yield
      const row = known.get(ids[index] ?? '')
      if (row?.status === 'current') shown.push(this.#show(row, item, row.externalId !== null && repeated.has(row.externalId)))
    }
    return shown
  }

  #show(row: ItemRow, { from, to }: { from: number; to: number }, isExternalIdRepeated: boolean): Item {
    const last = this.#shown.get(row)
    if (last && last.from === from && last.to === to && last.isExternalIdRepeated === isExternalIdRepeated) return last
    const shown = last ? { ...last, from, to, isExternalIdRepeated } : presentItem(row, { from, to }, isExternalIdRepeated)
    this.#shown.set(row, shown)
    return shown
  }
}

function repeatedIds(items: readonly { externalId: string | null }[]): Set<string> {
  const seen = new Set<string>()
  const repeated = new Set<string>()
  for (const { externalId } of items) {
    if (externalId === null) continue
    if (seen.has(externalId)) repeated.add(externalId)
    seen.add(externalId)
  }
  return repeated
}
