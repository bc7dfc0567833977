// Whether a program that npm cannot bring is on this machine.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether `name` can be run; `/usr/sbin` counts, which is not on everybody's PATH. */
export function programOnPath(name: string): boolean {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  return folders.some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}
