// Chunks: every message comes out as it went in, and what is no proper sequence is refused without holding memory.

import { randomBytes } from 'node:crypto'
import { decoding, encoding } from 'lib0'
import { describe, expect, it } from 'vitest'
import { limits } from '../../shared/limits.ts'
import { messageType } from '../../shared/wire/yjs-messages.ts'
import { ChunkAssembly, splitIntoChunks } from './chunks.ts'
import { Frame } from './frame.ts'

/** A chunk as a client may write it. */
function chunk(transferId: number, index: number, count: number, bytes: Uint8Array): Uint8Array {
  const encoder = encoding.createEncoder()
  for (const value of [messageType.chunk, transferId, index, count]) encoding.writeVarUint(encoder, value)
  encoding.writeUint8Array(encoder, bytes)
  return encoding.toUint8Array(encoder)
}

function add(assembly: ChunkAssembly, message: Uint8Array): Uint8Array | null {
  const decoder = decoding.createDecoder(message)
  expect(decoding.readVarUint(decoder)).toBe(messageType.chunk)
  return assembly.add(decoder)
}

const refusal = (run: () => unknown): string => {
  try {
    run()
  } catch (error) {
    return (error as { code: string }).code
  }
  return 'none'
}

describe('chunks', () => {
  it('[DOOR10] come together as they were cut, whatever the size', () => {
    for (const bytes of [1, limits.chunkBytes, limits.chunkBytes + 1, 3 * limits.chunkBytes, 3 * limits.chunkBytes + 17]) {
      const message = randomBytes(bytes)
      const frames = splitIntoChunks(new Frame('p', message))
      expect(frames.length).toBe(bytes <= limits.chunkBytes ? 1 : Math.ceil(bytes / limits.chunkBytes))
      if (frames.length === 1) continue
      const assembly = new ChunkAssembly(bytes)
      const wholes = frames.map((frame) => add(assembly, frame.message))
      expect(wholes.slice(0, -1).every((whole) => whole === null)).toBe(true)
      expect(message.equals(wholes.at(-1) ?? new Uint8Array(0))).toBe(true)
    }
  })

  it('[DOC15] of one frame are cut once for all receivers', () => {
    const frame = new Frame('p', new Uint8Array(2 * limits.chunkBytes))
    expect(splitIntoChunks(frame)).toBe(splitIntoChunks(frame))
    const other = splitIntoChunks(new Frame('p', frame.message))
    expect(other[0]?.message).not.toEqual(splitIntoChunks(frame)[0]?.message)
  })

  it('[DOOR10] out of order, of another transfer, or twice are refused, and the next transfer starts afresh', () => {
    const part = new Uint8Array([1, 2])
    const broken = [
      [chunk(1, 1, 2, part)],
      [chunk(1, 0, 3, part), chunk(1, 2, 3, part)],
      [chunk(1, 0, 2, part), chunk(2, 1, 2, part)],
      [chunk(1, 0, 3, part), chunk(1, 1, 3, part), chunk(1, 1, 3, part)],
      [chunk(1, 5, 2, part)],
    ]
    for (const messages of broken) {
      const assembly = new ChunkAssembly(100)
      expect(messages.map((message) => refusal(() => add(assembly, message))).at(-1)).toBe('invalid_frame')
      add(assembly, chunk(9, 0, 2, part))
      expect(add(assembly, chunk(9, 1, 2, part))).toEqual(new Uint8Array([1, 2, 1, 2]))
    }
  })

  it('[DOOR10] hold a bounded number of bytes and of parts, and no chunk inside a chunk', () => {
    const assembly = new ChunkAssembly(10)
    add(assembly, chunk(1, 0, 3, new Uint8Array(8)))
    expect(refusal(() => add(assembly, chunk(1, 1, 3, new Uint8Array(3))))).toBe('too_large')
    expect(refusal(() => add(assembly, chunk(1, 2, 3, new Uint8Array(1))))).toBe('invalid_frame')
    expect(refusal(() => add(assembly, chunk(2, 0, 1_000_000, new Uint8Array(0))))).toBe('invalid_frame')
    expect(refusal(() => add(assembly, chunk(3, 0, 1, chunk(4, 0, 1, new Uint8Array(1)))))).toBe('invalid_frame')
    expect(refusal(() => assembly.add(decoding.createDecoder(new Uint8Array([200]))))).toBe('invalid_frame')
  })

  it('[DOOR10] are copied: the buffer they came in may be used again', () => {
    const assembly = new ChunkAssembly(100)
    const message = chunk(1, 0, 2, new Uint8Array([1, 2, 3]))
    add(assembly, message)
    message.fill(0)
    expect(add(assembly, chunk(1, 1, 2, new Uint8Array([4])))).toEqual(new Uint8Array([1, 2, 3, 4]))
  })
})
