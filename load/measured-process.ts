// What the kernel knows of a run (Linux): processor time and memory of the server, and how busy the machine was besides.

import { readdirSync, readFileSync } from 'node:fs'

/** Linux counts processor time in these, 100 a second on every architecture Node runs on. */
const clockTickMs = 10

interface ProcessTime {
  parentPid: number
  usedMs: number
}

/** Processor time that process `pid` has used in all its threads, in ms; undefined where it cannot be read. */
export function processorTimeMs(pid: number): number | undefined {
  return readTime(pid)?.usedMs
}

/** Processor time of everything that `pid` has started and that still runs, in ms: its embedded PostgreSQL. */
export function descendantsTimeMs(pid: number): number {
  const times = new Map<number, ProcessTime>()
  for (const name of readdirOfProcesses()) {
    const time = readTime(name)
    if (time) times.set(name, time)
  }
  const isBelow = (parentPid: number): boolean => {
    if (parentPid === pid) return true
    const parent = times.get(parentPid)
    return parent !== undefined && isBelow(parent.parentPid)
  }
  return [...times.values()].filter(({ parentPid }) => isBelow(parentPid)).reduce((sum, { usedMs }) => sum + usedMs, 0)
}

function readdirOfProcesses(): number[] {
  return process.platform === 'linux' ? readdirSync('/proc').map(Number).filter(Number.isInteger) : []
}

function readTime(pid: number): ProcessTime | undefined {
  const stat = readProc(`${pid}/stat`)
  if (stat === undefined) return undefined
  // The name in brackets may hold spaces; fields are counted from behind it, where the third of all comes first.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
  return { parentPid: Number(fields[1]), usedMs: (Number(fields[11]) + Number(fields[12])) * clockTickMs }
}

/** Resident memory of process `pid` in bytes; undefined where it cannot be read. */
export function residentBytes(pid: number): number | undefined {
  const kib = /VmRSS:\s+(\d+) kB/.exec(readProc(`${pid}/status`) ?? '')?.[1]
  return kib === undefined ? undefined : Number(kib) * 1024
}

/** Processor time that the whole machine has used since it started, over all cores, in ms; undefined where it cannot be read. */
export function machineTimeMs(): number | undefined {
  // user nice system idle iowait irq softirq steal
  const fields = readProc('stat')?.split('\n', 1)[0]?.trim().split(/\s+/).slice(1, 9).map(Number)
  if (!fields) return undefined
  return fields.reduce((sum, ticks, index) => (index === 3 || index === 4 ? sum : sum + ticks), 0) * clockTickMs
}

function readProc(path: string): string | undefined {
  try {
    return readFileSync(`/proc/${path}`, 'utf8')
  } catch (error) {
    // ESRCH: the process went while it was being read.
    if (['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined
    throw error
  }
}
