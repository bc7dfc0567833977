// A document with a witness in it: somebody who must notice nothing of what a sender is up to.

import { expect } from 'vitest'
import { enterBySocketio, type EntryOptions, type SocketioPeer } from './peer-lines.ts'
import { createProject, letIn, readSpec, signUp, type Person } from './people.ts'
import { freshDatabase } from './private-postgres.ts'
import { startServer, type ServerProcess } from './server-process.ts'

export interface WitnessedServer {
  server: ServerProcess
  owner: Person
  /** May write too, and is up to no good. */
  sender: Person
  stop(): Promise<void>
}

export interface WitnessedDocument {
  projectId: string
  witness: SocketioPeer
  /** How the sender gets in. */
  entry: EntryOptions
  /** Fails when the witness was disturbed, the process is another one, or the log holds an error of ours. */
  expectUntroubled(): Promise<void>
}

/** Starts a server of its own with two people. */
export async function startWitnessedServer(): Promise<WitnessedServer> {
  const database = await freshDatabase()
  const server = await startServer({ env: { DATABASE_URL: database.url } })
  const owner = await signUp({ serverUrl: server.url, name: 'Witness' })
  const sender = await signUp({ serverUrl: server.url, name: 'Sender' })
  return {
    server,
    owner,
    sender,
    async stop() {
      await server.stop()
      await database.drop()
    },
  }
}

/** Makes a document and lets the witness in. */
export async function openWitnessedDocument({ server, owner, sender }: WitnessedServer): Promise<WitnessedDocument> {
  const { pid, url: serverUrl } = server
  const projectId = await createProject(owner, 'Witnessed')
  await letIn({ owner, projectId, people: [sender] })
  const witness = await enterBySocketio({ serverUrl, projectId, token: owner.token })
  return {
    projectId,
    witness,
    entry: { serverUrl, projectId, token: sender.token },
    async expectUntroubled() {
      const { peer } = witness
      expect(peer.end).toBeNull()
      expect(await peer.typeWord('witness')).toBe('')
      expect(await readSpec(owner, projectId)).toBe(peer.text.toString())
      // Asked once, when it came: never again for words that somebody else did not give.
      expect(peer.heard.filter(({ type }) => type === 'step1')).toHaveLength(1)
      expect(server.pid).toBe(pid)
      process.kill(pid, 0)
      // An error of ours in the log is a fault of the sender that was taken for one of ours.
      expect(server.output()).not.toMatch(/"level":"(?:error|fatal)"/)
      peer.close()
    },
  }
}
