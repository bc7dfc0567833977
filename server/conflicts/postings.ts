// An inverted index: which items stand under which keys.

/** How many ids are counted before others may go. */
const idsAStep = 1_000

/** Items by key. */
export class Postings {
  private readonly lists = new Map<string, Set<string>>()

  /** Files `id` under the keys. */
  add(id: string, keys: Iterable<string>): void {
    for (const key of keys) {
      const list = this.lists.get(key)
      if (list === undefined) this.lists.set(key, new Set([id]))
      else list.add(id)
    }
  }

  /** Takes `id` out from under the keys. */
  remove(id: string, keys: Iterable<string>): void {
    for (const key of keys) {
      const list = this.lists.get(key)
      list?.delete(id)
      if (list?.size === 0) this.lists.delete(key)
    }
  }

  /** The items under any of the keys; yields now and then, so that a caller can pause. */
  *gather(keys: Iterable<string>): Generator<undefined, Set<string>> {
    const found = new Set<string>()
    let seen = 0
    for (const key of keys) {
      for (const id of this.lists.get(key) ?? []) {
        found.add(id)
        seen += 1
        if (seen % idsAStep === 0) yield undefined
      }
    }
    return found
  }

  /** The same at once, for keys that few items stand under. */
  under(keys: Iterable<string>): Set<string> {
    const found = new Set<string>()
    for (const key of keys) for (const id of this.lists.get(key) ?? []) found.add(id)
    return found
  }
}
