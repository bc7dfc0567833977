// Which copies of documents are in this browser, by the names of their databases, and their deletion.

const prefix = 'elenchus:'
const listKey = 'elenchus.copies'

/** Whose copy of which document. */
export interface CopyKey {
  userId: string
  projectId: string
}

/** What the names of a document's copies begin with; the epoch follows. */
export function copyStart({ userId, projectId }: CopyKey): string {
  return `${prefix}${userId}:${projectId}:`
}

/** Deletes all copies of one person in this browser; at sign-out. */
export function deleteCopiesOf(userId: string): Promise<void> {
  return deleteCopies(`${prefix}${userId}:`)
}

/** Deletes every copy whose name begins with `start`. */
export async function deleteCopies(start: string): Promise<void> {
  const names = (await copyNames()).filter((name) => name.startsWith(start))
  await Promise.all(names.map(deleteDatabase))
}

/** A deletion waits until other tabs have let go; when it is blocked the browser still carries it out as soon as they do. */
function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const deletion = indexedDB.deleteDatabase(name)
    deletion.onsuccess = () => {
      forgetName(name)
      resolve()
    }
    deletion.onblocked = () => resolve()
    deletion.onerror = () => reject(deletion.error ?? new Error('the copy could not be deleted'))
  })
}

/** Every copy in this browser: what the browser lists, where it can, and what was noted here. */
export async function copyNames(): Promise<string[]> {
  const listed = 'databases' in indexedDB ? await indexedDB.databases() : []
  const names = new Set([...listed.map((database) => database.name ?? ''), ...notedNames()])
  return [...names].filter((name) => name.startsWith(prefix))
}

function notedNames(): string[] {
  try {
    const noted: unknown = JSON.parse(localStorage.getItem(listKey) ?? '[]')
    return Array.isArray(noted) ? noted.filter((name) => typeof name === 'string') : []
  } catch {
    return []
  }
}

/** Notes a copy that is about to be made, for browsers that cannot list theirs. */
export function rememberName(name: string): void {
  noteNames([...new Set([...notedNames(), name])])
}

function forgetName(name: string): void {
  noteNames(notedNames().filter((noted) => noted !== name))
}

function noteNames(names: string[]): void {
  try {
    localStorage.setItem(listKey, JSON.stringify(names))
  } catch {
    // Storage is full or blocked: `indexedDB.databases()` still finds the copies.
  }
}
