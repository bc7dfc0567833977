// A stage on servers of ours: people, projects, and a connection through either door, spread over all the nodes given.

import { openCheckingClient } from './checking-clients.ts'
import { createProjects, signUpPeople, type Person } from './people.ts'
import { seatPeople } from './seats.ts'
import { openSocketIoConnection } from './socketio-connection.ts'
import type { ConnectionTarget } from './typing-connection.ts'
import type { TypingOptions } from './typing-options.ts'
import type { Stage } from './typing-run.ts'
import { openYjsConnection } from './yjs-connection.ts'

/**
 * Makes the people and projects on the first server. Several typists of one document may share an account, as one person with several
 * tabs does; typist n connects to server n modulo their number.
 */
export async function setOwnStage(serverUrls: readonly string[], pids: readonly number[], options: TypingOptions): Promise<Stage> {
  const { people, documents, accounts, door } = options
  const [firstUrl] = serverUrls
  if (firstUrl === undefined) throw new RangeError('a stage needs a server')
  const seats = seatPeople(people, documents)
  const signedUp = await signUpPeople(firstUrl, accounts)
  const personOf = (index: number): Person => signedUp[index % signedUp.length] ?? { token: '', email: '' }
  const groups = Array.from({ length: documents }, () => new Set<Person>())
  for (const [index, { document }] of seats.entries()) groups[document]?.add(personOf(index))
  const projectIds = await createProjects(
    firstUrl,
    groups.map((group) => [...group]),
  )
  const targetOf = (index: number): ConnectionTarget => ({
    serverUrl: serverUrls[index % serverUrls.length] ?? firstUrl,
    projectId: projectIds[seats[index]?.document ?? 0] ?? '',
    token: personOf(index).token,
  })
  let checking = 0
  return {
    seats,
    pids,
    hasAcks: true,
    open(index, handlers) {
      const isYjs = door === 'yjs' || (door === 'both' && index % 2 === 0)
      return (isYjs ? openYjsConnection : openSocketIoConnection)(targetOf(index), handlers)
    },
    // Over the nodes in turn, but all of document 0 and with an account that is in it.
    openCheckingClient: () => openCheckingClient({ ...targetOf(0), serverUrl: serverUrls[checking++ % serverUrls.length] ?? firstUrl }),
  }
}
