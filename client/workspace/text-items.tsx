// Items around the text: their numbers beside it, the ways to them, and what is in the palette about them. Loaded once the text is there.

import { useEffect } from 'react'
import { useLocation } from 'wouter'
import type { DocumentPlace } from '../editor/document-place.ts'
import { itemNumbers } from '../items/item-numbers.ts'
import { placeOf } from '../items/item-place.ts'
import { itemRefs } from '../items/item-refs.ts'
import { liveItemsOf } from '../items/live-items.ts'
import { useOverlapNews } from '../items/overlap-news.ts'
import { useOpenProject } from '../session/open-project.ts'
import { goToText, offerWay } from '../session/ways.ts'
import { registerSource } from '../ui/commands.ts'

const shownChars = 80

/** Nothing to see by itself. */
export function TextItems({ place }: { place: DocumentPlace }) {
  const { project, provider } = useOpenProject()
  const [, navigate] = useLocation()
  const { text } = provider
  const live = liveItemsOf(project.id, provider)
  useOverlapNews()
  useEffect(() => place.extend([itemNumbers(live, text), itemRefs]), [place, live, text])
  useEffect(() => {
    const stopListening = live.subscribe(() => undefined)
    const go = (number: number) => {
      const item = live.state.items?.find((candidate) => candidate.number === number)
      const position = item ? placeOf(item, text) : null
      // One that has left the text can still be read among the items.
      if (position === null) navigate(`/p/${project.id}/items?status=superseded&q=SPEC-${number}`)
      else goToText(position)
    }
    const stopOffering = offerWay('item', go)
    const stopListing = registerSource(() =>
      (live.state.items ?? []).map((item) => ({
        id: `item.${item.id}`,
        title: `${item.ref} ${item.text.slice(0, shownChars)}`,
        group: 'Go to item',
        run: () => go(item.number),
      })),
    )
    return () => {
      stopListening()
      stopOffering()
      stopListing()
    }
  }, [live, text, navigate, project.id])
  return null
}
