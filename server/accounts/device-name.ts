// What a session runs on, in words a person recognises.

import Bowser from 'bowser'

const unknownDevice = 'Unknown device'
const nameMaxChars = 60

/** "Firefox on Linux", "Safari on iOS", "curl"; from the User-Agent that was sent when the session began. */
export function deviceName(userAgent: string | null): string {
  if (userAgent === null || userAgent.trim() === '') return unknownDevice
  const { browser, os } = Bowser.parse(userAgent)
  if (browser.name && os.name) return `${browser.name} on ${os.name}`
  if (browser.name) return browser.name
  // A program names itself: its name is the part before the version.
  const [program = ''] = userAgent.trim().split(/[\s/(]/, 1)
  return program === '' ? unknownDevice : program.slice(0, nameMaxChars)
}
