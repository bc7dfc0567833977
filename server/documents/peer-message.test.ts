// The numbers by which nodes of other versions know a message.

import { expect, it } from 'vitest'
import { encodePeerMessage } from './peer-message.ts'

it('[RELAY3] messages have the numbers that earlier versions read, so that nodes of both repair each other while they are replaced', () => {
  const head = { node: 'n', epoch: 1 }
  const bytes = new Uint8Array(1)
  const numbers = [
    encodePeerMessage({ ...head, type: 'update', seq: 1, update: bytes, by: { userId: null } }),
    encodePeerMessage({ ...head, type: 'digest', digest: bytes, stateVector: bytes, wantsPresence: false }),
    encodePeerMessage({ ...head, type: 'state', update: bytes, stateVector: bytes, isAnswer: false }),
    encodePeerMessage({ ...head, type: 'cursors', awareness: bytes }),
    encodePeerMessage({ ...head, type: 'people', people: [] }),
  ].map(([number]) => number)
  expect(numbers).toEqual([0, 2, 3, 4, 5])
})
