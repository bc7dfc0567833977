// A line to Redis that can also spoil what is published: each message that Redis brings can be dropped, doubled, or held back.

import { startFaultyLine, type FaultyLine } from './faulty-line.ts'

/** A message that somebody published. */
export interface Published {
  channel: string
  payload: Buffer
  /** Brings it; whenever, and as often as it is called. */
  deliver: () => void
}

/** What is done with each. */
export type Spoiler = (message: Published) => void

export interface RedisLine extends FaultyLine {
  /** Hands every published message to `spoiler` in place of bringing it, until `mend`. */
  spoil(spoiler: Spoiler): void
}

/** Starts one to the Redis on `targetPort`. */
export async function startRedisLine(targetPort: number): Promise<RedisLine> {
  let spoiler: Spoiler | undefined
  const line = await startFaultyLine(targetPort, (deliver) => {
    let rest: Buffer = Buffer.alloc(0)
    return (bytes) => {
      rest = Buffer.concat([rest, bytes])
      for (let end = endOfValue(rest, 0); end > 0; end = endOfValue(rest, 0)) {
        const value = rest.subarray(0, end)
        rest = rest.subarray(end)
        const message = spoiler && readPublished(value)
        if (spoiler && message) spoiler({ ...message, deliver: () => deliver(value) })
        else deliver(value)
      }
    }
  })
  return {
    ...line,
    spoil(given) {
      spoiler = given
    },
    mend() {
      spoiler = undefined
      line.mend()
    },
  }
}

const lineEnd = '\r\n'

/** Where the RESP value that begins at `start` ends; 0 while not all of it is there. */
function endOfValue(bytes: Buffer, start: number): number {
  const headEnd = bytes.indexOf(lineEnd, start) + lineEnd.length
  if (headEnd < lineEnd.length) return 0
  const type = String.fromCharCode(bytes[start] ?? 0)
  const count = Number(bytes.toString('latin1', start + 1, headEnd - lineEnd.length))
  if (type === '$' && count >= 0) {
    const end = headEnd + count + lineEnd.length
    return end <= bytes.length ? end : 0
  }
  if (type !== '*' && type !== '>' && type !== '%') return headEnd
  let end = headEnd
  const values = type === '%' ? count * 2 : count
  for (let index = 0; index < values; index++) {
    end = endOfValue(bytes, end)
    if (end === 0) return 0
  }
  return end
}

/** A message that was published is `>3 $7 message $n channel $m payload`, in RESP2 with `*3`; undefined for any other value. */
function readPublished(value: Buffer): Pick<Published, 'channel' | 'payload'> | undefined {
  const [head = '', kindLength = '', kind, channelLength = '', channel = '', payloadLength = ''] = value
    .toString('latin1')
    .split(lineEnd, 6)
  if ((head !== '>3' && head !== '*3') || kind !== 'message') return undefined
  const heads = [head, kindLength, kind, channelLength, channel, payloadLength]
  const payloadStart = heads.reduce((length, part) => length + part.length + lineEnd.length, 0)
  return { channel, payload: value.subarray(payloadStart, value.length - lineEnd.length) }
}
