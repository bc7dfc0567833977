// An inverted index: which items stand under which keys.

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

  /** The items under any of the keys, at most `limit`: those under the rarest keys, which tell most. */
  under(keys: Iterable<string>, limit: number): Set<string> {
    const lists = [...new Set(keys)].flatMap((key) => this.lists.get(key) ?? []).toSorted((a, b) => a.size - b.size)
    const found = new Set<string>()
    for (const list of lists) {
      for (const id of list) {
        if (found.size >= limit) return found
        found.add(id)
      }
    }
    return found
  }
}
