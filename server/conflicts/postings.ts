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

  /** How many of the keys each item shares. */
  count(keys: Iterable<string>): Map<string, number> {
    const counts = new Map<string, number>()
    for (const key of keys) for (const id of this.lists.get(key) ?? []) counts.set(id, (counts.get(id) ?? 0) + 1)
    return counts
  }

  /** The items under any of the keys. */
  under(keys: Iterable<string>): Set<string> {
    return new Set(this.count(keys).keys())
  }
}
