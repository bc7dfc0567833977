// Saved, saving, offline: in the header, in words, with a way to try at once.

import Check from 'lucide-react/icons/check'
import CloudOff from 'lucide-react/icons/cloud-off'
import LoaderCircle from 'lucide-react/icons/loader-circle'
import { useEffect, useState } from 'react'
import type { ProviderState } from '../collab/provider-state.ts'
import type { Provider } from '../collab/provider.ts'
import { LiveRegion } from '../ui/live-region.tsx'
import { saveWords, type SaveTone } from './save-words.ts'

const icons = {
  calm: <Check size={14} aria-hidden className="shrink-0 text-success" />,
  busy: <LoaderCircle size={14} aria-hidden className="shrink-0 animate-spin" />,
  away: <CloudOff size={14} aria-hidden className="shrink-0 text-warning" />,
} satisfies Record<SaveTone, unknown>

/** The save state of the document; the loss of the connection and its return are announced once. */
export function SaveState({ provider, state }: { provider: Provider; state: ProviderState }) {
  const now = useTimeWhile(state.connection.state === 'reconnecting')
  const { tone, short, detail } = saveWords(state, now)
  const isWaiting = state.connection.state === 'reconnecting' && state.connection.nextTryAt !== null
  return (
    <div className="flex min-w-0 shrink-0 items-center gap-1.5 text-sm text-muted sm:shrink" title={`${short}: ${detail}`}>
      {icons[tone]}
      {/* Narrow, the tick is enough: the name of the project needs the room more. */}
      <span data-testid="save-state" className={tone === 'calm' ? 'whitespace-nowrap max-sm:sr-only' : 'whitespace-nowrap'}>
        {short}
      </span>
      {tone === 'away' && (
        // On a narrow screen there is no room for it in the header: it floats over the end of the text and above the bar, and moves nothing.
        <span className="flex min-w-0 items-center gap-1.5 max-sm:fixed max-sm:inset-x-3 max-sm:bottom-15 max-sm:z-30 max-sm:rounded-lg max-sm:bg-raised max-sm:p-3 max-sm:shadow-float">
          <span data-testid="save-detail" className="min-w-0 flex-1 tabular-nums sm:truncate">
            <span className="max-sm:hidden">– </span>
            <span className="max-sm:inline-block max-sm:first-letter:uppercase">{detail}</span>
          </span>
          {isWaiting && (
            <button
              type="button"
              onClick={() => provider.retryNow()}
              className="rounded-md px-1.5 font-medium whitespace-nowrap text-accent hover:bg-hover"
            >
              Retry now
            </button>
          )}
        </span>
      )}
      <ConnectionNews connection={state.connection.state} />
    </div>
  )
}

/** Not the countdown, only its beginning and its end. */
function ConnectionNews({ connection }: { connection: ProviderState['connection']['state'] }) {
  const isAway = connection === 'reconnecting' || connection === 'draining'
  const [wasAway, setWasAway] = useState(isAway)
  if (isAway && !wasAway) setWasAway(true)
  const isBack = wasAway && connection === 'live'
  return <LiveRegion message={isAway ? 'The connection is lost. You can go on writing.' : isBack ? 'The connection is back.' : ''} />
}

/** The time in ms, told anew four times a second while `isRunning`. */
function useTimeWhile(isRunning: boolean): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    if (!isRunning) return undefined
    const tell = () => setNow(Date.now())
    tell()
    const timer = setInterval(tell, 250)
    return () => clearInterval(timer)
  }, [isRunning])
  return now
}
