// Where to go after signing in: back to where the person came from.

/** The address of the sign-in page that leads back to `path`. */
export function signInPath(path: string): string {
  return path === '/' ? '/sign-in' : `/sign-in?to=${encodeURIComponent(path)}`
}

/** The path to go to after signing in; only paths on this `origin` count, so that a link cannot lead elsewhere. */
export function returnPath(search: string, origin: string): string {
  const path = new URLSearchParams(search).get('to') ?? '/'
  const target = URL.canParse(path, origin) ? new URL(path, origin) : null
  return target?.origin === origin ? target.pathname + target.search + target.hash : '/'
}
