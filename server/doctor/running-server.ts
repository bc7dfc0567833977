// Whether a server of ours answers at an address.

const patienceMs = 5_000

/** Asks for its liveness; false when nobody answers, or somebody else does. */
export async function isElenchusAt(address: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL('/health/live', address), { signal: AbortSignal.timeout(patienceMs), redirect: 'error' })
    const body: unknown = await answer.json()
    return answer.ok && typeof body === 'object' && body !== null && 'status' in body && body.status === 'ok'
  } catch {
    // Nobody there, no HTTP, or no JSON: not ours in any case.
    return false
  }
}
