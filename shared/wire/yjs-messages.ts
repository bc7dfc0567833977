// The message types of a Yjs conversation, as y-websocket numbers them, and the two that are our own.

/** The first varUint of every message. 0-3 are y-websocket's; the others go only to clients that ask for them. */
export const messageType = {
  sync: 0,
  awareness: 1,
  auth: 2,
  queryAwareness: 3,
  /** A part of a message that was too large for one frame: varUint transferId, index, count, then the bytes to the end. */
  chunk: 110,
  /**
   * `/yjs?acks=1`: varUint n, varString code. The n-th sync step 2, update or chunk that was received on this connection (from 1)
   * is committed when `code` is empty, else refused by that code of the error table.
   */
  ack: 111,
  /**
   * varUint8Array update: what the server has changed on behalf of the person on this connection (a restore, a resolution). It comes before
   * anyone hears of it and with nothing else in it, so that the person's editor can take it as one step of their undo.
   */
  ownEdit: 112,
} as const

/** The second varUint of a sync message: y-protocols' own numbers. */
export const syncType = { step1: 0, step2: 1, update: 2 } as const
