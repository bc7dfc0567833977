// Colours of people: the same everywhere, readable, spread.

import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { personColor, personColors } from './person-colors.ts'

/** WCAG's contrast of white on a colour. */
function contrastWithWhite(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const value = Number.parseInt(color.slice(at, at + 2), 16) / 255
    return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)
}

describe('the colour of a person', () => {
  it('[DOC23] is the same for the same id, on every machine', () => {
    // Fixed, since two releases of the server may run side by side.
    expect(['ann', 'eve', 'u1'].map(personColor)).toEqual(['#be123c', '#a21caf', '#15803d'])
  })

  it('is one of twelve that white initials can be read on, each taken by about as many', () => {
    expect(new Set(personColors).size).toBe(12)
    for (const color of personColors) expect(contrastWithWhite(color)).toBeGreaterThanOrEqual(4.5)
    const counts = new Map<string, number>()
    for (let person = 0; person < 6_000; person++) {
      const color = personColor(randomUUID())
      counts.set(color, (counts.get(color) ?? 0) + 1)
    }
    expect(counts.size).toBe(12)
    expect(Math.min(...counts.values())).toBeGreaterThan(350)
  })
})
