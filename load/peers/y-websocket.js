// y-websocket's own server, as its package starts it; HOST and PORT are its settings.

import { setTimeout as wait } from 'node:timers/promises'

const url = `http://127.0.0.1:${process.env.PORT}`
await import('@y/websocket-server/server')
// Nothing tells when it listens.
while (
  !(await fetch(url).then(
    ({ ok }) => ok,
    () => false,
  ))
)
  await wait(20)
process.stdout.write(`ready at ${url}\n`)
