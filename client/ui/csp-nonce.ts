// The nonce of this response: styles that libraries put into the page at run time must carry it.

/** The nonce the server wrote into the page, or an empty string where no policy is set. */
export const cspNonce = document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/** Tells radix's scroll lock the nonce; it looks for it under webpack's name, whatever the bundler. */
export function shareCspNonce(): void {
  Object.assign(globalThis, { __webpack_nonce__: cspNonce })
}
