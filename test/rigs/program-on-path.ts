// Whether, and where, a program that npm cannot bring is on this machine.

import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Where the program `name` lies; undefined where there is none. `/usr/sbin` counts, which is not on everybody's PATH. */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin']
  return folders
    .map((folder) => join(folder, name))
    .find((path) => {
      try {
        accessSync(path, constants.X_OK)
        return true
      } catch {
        return false
      }
    })
}

/** Whether `name` can be run. */
export const programOnPath = (name: string): boolean => findProgram(name) !== undefined
