// The page's one line to the server, shared by every document that is open in it.

import type { Connection } from '../net/connection.ts'
import { connectSocket } from '../net/socket.ts'
import { onSessionEnd } from './session.ts'

let current: Connection | null = null

/** The line of the person signed in; made when first asked for, and anew after the last one was closed for good. */
export function openConnection(): Connection {
  if (!current || current.status.state === 'closed') current = connectSocket({ url: location.origin, withCookie: true })
  return current
}

// The line speaks for the person who opened it.
onSessionEnd(() => {
  current?.close()
  current = null
})

// The browser knows before the backoff does that the network is back, or that the laptop was opened again.
window.addEventListener('online', () => current?.retryNow())
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible' && current?.status.state === 'reconnecting') current.retryNow()
})
