// The shapes of what clients send over Socket.IO, and the numbers that other programs know.

import { describe, expect, it } from 'vitest'
import { joinRequest, leaveRequest } from './events.ts'
import { closeCodes, isPermanentClose } from './protocol.ts'
import { messageType, syncType } from './yjs-messages.ts'

describe('a join', () => {
  it('[DOOR6] names a project, and what is no join is told so', () => {
    expect(joinRequest.safeParse({ projectId: 'p', epoch: 2, chunks: true }).success).toBe(true)
    const wrong = [
      null,
      'p',
      {},
      { projectId: 5 },
      { projectId: 'p', epoch: 0 },
      { projectId: 'p', epoch: 1.5 },
      { projectId: 'x'.repeat(65) },
      { projectId: 'p', role: 'owner' },
    ]
    expect(wrong.filter((request) => joinRequest.safeParse(request).success)).toEqual([])
    expect(leaveRequest.safeParse({ projectId: 'p', other: 1 }).success).toBe(false)
  })
})

describe('close codes', () => {
  it('[DOOR3] are permanent in 44xx alone, which is where y-websocket stops, and each reason has its own', () => {
    const permanent = Object.entries(closeCodes).filter(([, code]) => isPermanentClose(code))
    expect(permanent.map(([reason]) => reason).toSorted()).toEqual([
      'access_lost',
      'invalid_frame',
      'not_found',
      'stale_epoch',
      'too_large',
      'unauthenticated',
    ])
    expect(new Set(Object.values(closeCodes)).size).toBe(Object.keys(closeCodes).length)
    // What a browser lets a server say.
    for (const code of Object.values(closeCodes)) expect(code === 1011 || code === 1013 || (code >= 4400 && code < 4600)).toBe(true)
  })
})

describe('message numbers', () => {
  it('[DOOR2] are those of y-websocket where they are shared', () => {
    expect([messageType.sync, messageType.awareness, messageType.auth, messageType.queryAwareness]).toEqual([0, 1, 2, 3])
    expect([syncType.step1, syncType.step2, syncType.update]).toEqual([0, 1, 2])
    expect(new Set(Object.values(messageType)).size).toBe(Object.keys(messageType).length)
  })
})
