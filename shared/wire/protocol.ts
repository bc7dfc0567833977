// The version of the wire, its history, and the close codes of both doors.

/**
 * History: 1, the first. Raised when an unchanged client would misread a message or lose an edit;
 * a new optional field or event does not raise it.
 */
export const protocolVersion = 1

/**
 * Why a connection was closed. 44xx is permanent for this connection's parameters (y-websocket stops only on these);
 * 1011, 1013 and 45xx are transient: come back later with the same ones.
 */
export const closeCodes = {
  unauthenticated: 4401,
  access_lost: 4403,
  not_found: 4404,
  stale_epoch: 4409,
  too_large: 4413,
  invalid_frame: 4422,
  internal: 1011,
  store_unavailable: 1013,
  draining: 4503,
  document_crowded: 4504,
  too_many_connections: 4529,
  rate_limited: 4530,
  slow_consumer: 4508,
} as const

export type CloseReason = keyof typeof closeCodes

/** Whether a client that was closed with `code` should stop trying. */
export function isPermanentClose(code: number): boolean {
  return code >= 4400 && code < 4500
}
