// What a running server measures of itself, read as anybody on this machine may.

/** One sample of `/metrics` by its whole name, labels included; 0 when there is none yet. */
export async function readMetric(serverUrl: string, name: string): Promise<number> {
  const text = await (await fetch(`${serverUrl}/metrics`)).text()
  const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `))
  return Number(line?.slice(name.length + 1) ?? 0)
}
