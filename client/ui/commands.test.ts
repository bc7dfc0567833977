// Which press is which key, and how keys are written on each kind of machine.

import { describe, expect, it } from 'vitest'
import { isKey, keyLabel, type KeyPress } from './commands.ts'

const press = (key: string, held: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...held,
})

describe('isKey', () => {
  it.each<[string, KeyPress, boolean, boolean]>([
    ['Mod-k', press('k', { ctrlKey: true }), false, true],
    ['Mod-k', press('K', { ctrlKey: true }), false, true],
    ['Mod-k', press('k', { metaKey: true }), true, true],
    ['Mod-k', press('k', { ctrlKey: true }), true, false],
    ['Mod-k', press('k', { ctrlKey: true, shiftKey: true }), false, false],
    ['Mod-k', press('k', { ctrlKey: true, altKey: true }), false, false],
    ['Shift-Mod-e', press('E', { ctrlKey: true, shiftKey: true }), false, true],
    ['[', press('['), false, true],
    ['[', press('[', { ctrlKey: true }), false, false],
    ['?', press('?', { shiftKey: true }), false, true],
    ['?', press('?'), false, true],
    ['g', press('G', { shiftKey: true }), false, false],
    ['Escape', press('Escape'), false, true],
  ])('[PAGE25] tells whether %s is %j (on a Mac: %s): %s', (name, given, onMac, expected) => {
    expect(isKey(given, name, onMac)).toBe(expected)
  })
})

describe('keyLabel', () => {
  it('[PAGE25] writes a key in the signs of the machine', () => {
    expect(keyLabel('Mod-k', false)).toBe('Ctrl K')
    expect(keyLabel('Mod-k', true)).toBe('⌘ K')
    expect(keyLabel('Shift-Mod-e', true)).toBe('⇧ ⌘ E')
    expect(keyLabel('[', false)).toBe('[')
  })
})
