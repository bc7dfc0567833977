// The twelve colours of people, the same on every screen for the same person.

/** Text and shape colours that reach 4.5:1 with white initials and stay visible on the dark theme. */
export const personColors = [
  '#4f46e5',
  '#0369a1',
  '#0f766e',
  '#15803d',
  '#4d7c0f',
  '#a16207',
  '#c2410c',
  '#b91c1c',
  '#be123c',
  '#a21caf',
  '#7e22ce',
  '#475569',
] as const

/** The colour of a person: a hash (FNV-1a, 32 bits) of the id, so that no server has to hand colours out. */
export function personColor(userId: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < userId.length; index++) {
    hash = Math.imul(hash ^ userId.charCodeAt(index), 0x01000193) >>> 0
  }
  return personColors[hash % personColors.length] ?? personColors[0]
}
