// The commands of the page: each part registers its own while it is there; keys, palette and key list come from this one table.

import { useEffect, useRef, useSyncExternalStore } from 'react'

/** One thing a person can do, by a key, by the palette, or both. */
export interface Command {
  /** Unique, and the same each time: `panels.outline`. */
  id: string
  /** What it does, as a person would ask for it. */
  title: string
  /** The heading under which palette and key list show it. */
  group: string
  /** `Mod-k` (Ctrl, or Cmd on a Mac), `Shift-Mod-e`, `[`, `?`; a single letter or sign counts only outside of text. */
  keys?: readonly string[]
  /** Words that find it in the palette besides its title. */
  words?: string
  /** Only a key, not worth a line in the palette. */
  isKeyOnly?: boolean
  /** Its keys mean something else in a field for text: there they are left to the field. */
  isOutsideText?: boolean
  run: () => void
}

type Group = readonly Command[]

const groups = new Set<Group>()
const sources = new Set<() => Group>()
const listeners = new Set<() => void>()
let all: readonly Command[] = []

function tell(): void {
  all = [...groups].flat()
  for (const listener of listeners) listener()
}

/** Adds `commands` until the returned function is called. */
export function registerCommands(commands: Group): () => void {
  groups.add(commands)
  tell()
  return () => {
    groups.delete(commands)
    tell()
  }
}

/** Registers `commands` while the caller is on the page; what they do may change with each rendering, what they are only with `key`. */
export function useCommands(commands: Group, key: string): void {
  const latest = useRef(commands)
  useEffect(() => {
    latest.current = commands
  })
  useEffect(() => {
    const stable = latest.current.map((command) => ({
      ...command,
      run: () => latest.current.find((candidate) => candidate.id === command.id)?.run(),
    }))
    return registerCommands(stable)
  }, [key])
}

/** Adds a list that is asked for each time the palette opens, such as the headings of a text; gives the way to stop. */
export function registerSource(source: () => Group): () => void {
  sources.add(source)
  return () => sources.delete(source)
}

/** What all sources give now; their keys do not count. */
export function commandsFromSources(): readonly Command[] {
  return [...sources].flatMap((source) => source())
}

/** All commands there are now, those registered first first. */
export function useAllCommands(): readonly Command[] {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => all,
  )
}

const isMac = /mac|iphone|ipad/i.test(globalThis.navigator?.userAgent ?? '')

/** What of a keyboard event decides which key it is. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey' | 'altKey' | 'shiftKey'>

/** Whether a press is the key named `name`, such as `Mod-k`. */
export function isKey(press: KeyPress, name: string, onMac = isMac): boolean {
  const parts = name.split('-')
  const key = parts.pop() ?? ''
  const mod = onMac ? press.metaKey : press.ctrlKey
  const other = onMac ? press.ctrlKey : press.metaKey
  if (other || press.altKey !== parts.includes('Alt') || mod !== parts.includes('Mod')) return false
  // A sign such as `?` may need Shift on one keyboard and not on another: there the sign itself decides.
  const isLetter = /^[a-z]$/i.test(key) || key.length > 1
  if (isLetter && press.shiftKey !== parts.includes('Shift')) return false
  return press.key.toLowerCase() === key.toLowerCase()
}

/** How a part of a key's name is written: elsewhere, and on a Mac. */
const keySigns: Readonly<Record<string, readonly [string, string]>> = {
  Mod: ['Ctrl', '⌘'],
  Shift: ['Shift', '⇧'],
  Alt: ['Alt', '⌥'],
  ArrowUp: ['↑', '↑'],
  ArrowDown: ['↓', '↓'],
  Escape: ['Esc', 'Esc'],
}

/** A key's name in the signs of this machine: `Ctrl K`, `⌘ K`. */
export function keyLabel(name: string, onMac = isMac): string {
  return name
    .split('-')
    .map((part) => keySigns[part]?.[onMac ? 1 : 0] ?? (part.length === 1 ? part.toUpperCase() : part))
    .join(' ')
}

function isText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}

/** Runs commands by their keys; gives the way to stop. Called once, by the page's entry. */
export function listenForKeys(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing) return
    const command = all.findLast(({ keys }) => keys?.some((key) => isKey(event, key)))
    const isForText = command?.isOutsideText === true || !(event.ctrlKey || event.metaKey)
    // An open dialog or menu has the keyboard for itself.
    if (!command || (isForText && isText(event.target)) || document.querySelector('[role="dialog"], [role="menu"]')) return
    event.preventDefault()
    command.run()
  }
  document.addEventListener('keydown', onKeyDown)
  return () => document.removeEventListener('keydown', onKeyDown)
}
