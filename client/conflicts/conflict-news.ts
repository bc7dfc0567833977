// Tells of the conflicts that somebody else's edits raise while one looks: quietly, a burst of them as one, never those of one's own edits.

import { useEffect } from 'react'
import type { Conflict } from '../../shared/wire/conflicts.ts'
import type { Span } from '../../shared/spec/span.ts'
import { useOpenProject } from '../session/open-project.ts'
import { tellQuietly } from '../ui/toast.ts'
import { isCounted } from './conflicts-data.ts'
import { RecentEdits } from './recent-edits.ts'

/** So long what else an edit raises is waited for; the places of items that are new come in that time too. */
const gatherMs = 1_000

interface News {
  /** Where an item stands now; null when it does not. */
  find: (itemId: string) => Span | null
  /** Shows a conflict where it stands. */
  show: (conflict: Conflict) => void
  /** Shows all that are open. */
  showAll: () => void
}

/** From now on, until the caller leaves the page; `news` must stay the same as long as the project does. */
export function useConflictNews(news: News): void {
  const { provider } = useOpenProject()
  useEffect(() => {
    const edits = new RecentEdits(provider)
    let opened: Conflict[] = []
    let timer: ReturnType<typeof setTimeout> | undefined
    const tell = () => {
      timer = undefined
      const raised = opened.filter(({ items }) => edits.areOthers(items.flatMap(({ id }) => news.find(id) ?? [])))
      opened = []
      tellOf(raised, news)
    }
    const stops = [
      provider.events.on('conflict:opened', ({ conflict }) => {
        if (!isCounted(conflict)) return
        opened.push(conflict)
        timer ??= setTimeout(tell, gatherMs)
      }),
      provider.events.on('conflict:closed', ({ conflict }) => {
        opened = opened.filter(({ id }) => id !== conflict.id)
      }),
    ]
    return () => {
      clearTimeout(timer)
      edits.stop()
      for (const stop of stops) stop()
    }
  }, [provider, news])
}

function tellOf(raised: readonly Conflict[], { show, showAll }: News): void {
  const [first] = raised
  if (!first) return
  if (raised.length > 1) tellQuietly(`${raised.length} new conflicts`, { label: 'Show', run: showAll })
  else tellQuietly(`New conflict: ${first.items.map(({ ref }) => ref).join(' and ')}`, { label: 'Show', run: () => show(first) }, first.why)
}
