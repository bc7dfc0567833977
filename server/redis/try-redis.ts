// One question to a Redis: whether it is there and takes us.

import { Redis } from 'ioredis'

const patienceMs = 5_000

/** Resolves when it answers; throws what kept it from doing so, with a code where there is one. */
export async function tryRedis(url: string): Promise<void> {
  const client = new Redis(url, {
    lazyConnect: true,
    connectTimeout: patienceMs,
    commandTimeout: patienceMs,
    maxRetriesPerRequest: 0,
    retryStrategy: () => null,
  })
  let reason: unknown
  client.on('error', (error: unknown) => (reason ??= error))
  try {
    await client.connect()
    await client.ping()
  } catch (error) {
    // What `connect` throws is only that the connection is closed.
    throw reason ?? error
  } finally {
    client.disconnect()
  }
}
