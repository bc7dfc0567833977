// What a run says of the machine it ran on.

import { cpus, loadavg, release, totalmem } from 'node:os'

/** Processors, memory, system, and how busy it was with whatever else when this was asked. */
export function machineLine(): string {
  const gibibytes = Math.round(totalmem() / 2 ** 30)
  const load = loadavg().map((value) => value.toFixed(1))
  return `${cpus().length} x ${cpus()[0]?.model ?? 'cpu'}, ${gibibytes} GB, Linux ${release()}, Node ${process.version}, load average ${load.join(' ')}`
}
