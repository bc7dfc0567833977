// Tells everyone who has joined a project, on every node, of one kind of thing: a hint, which the bus may lose.

import type { ProjectId } from '../../shared/ids.ts'
import type { Bus } from '../base/bus.ts'

interface Watched<Told> {
  listeners: Set<(told: Told) => void>
  unsubscribe: () => void
}

export interface ProjectChannelOptions<Told> {
  /** To the other nodes, where there are any. */
  bus: Bus | undefined
  /** What the kind is called on the bus. */
  name: string
  /** What another node says; undefined when it is wrongly said. */
  parse: (told: unknown) => Told | undefined
  /** Whether what another node says is news to this one; it is, unless this says otherwise. */
  isNews?: (told: Told) => boolean
  /** Whether it is of this moment, and not told late once the bus is back. */
  isPassing?: boolean
}

export class ProjectChannel<Told extends { readonly projectId: ProjectId }> {
  readonly #options: ProjectChannelOptions<Told>
  readonly #watched = new Map<ProjectId, Watched<Told>>()

  constructor(options: ProjectChannelOptions<Told>) {
    this.#options = options
  }

  /** Whether anybody may hear what is told of a project. */
  isHeard(projectId: ProjectId): boolean {
    return this.#options.bus !== undefined || this.#watched.has(projectId)
  }

  /** Calls `listener`, which must not throw, for what is told from now on, until the returned function is called. */
  watch(projectId: ProjectId, listener: (told: Told) => void): () => void {
    const watched = this.#watched.get(projectId) ?? this.#open(projectId)
    watched.listeners.add(listener)
    return () => {
      watched.listeners.delete(listener)
      if (watched.listeners.size > 0 || this.#watched.get(projectId) !== watched) return
      watched.unsubscribe()
      this.#watched.delete(projectId)
    }
  }

  /** Those that somebody on this node watches. */
  watchedProjects(): ProjectId[] {
    return [...this.#watched.keys()]
  }

  /** Tells this node's people and the other nodes. */
  tell(told: Told): void {
    this.tellHere(told)
    const bytes = Buffer.from(JSON.stringify(told))
    const { bus, isPassing = false } = this.#options
    if (isPassing) bus?.publish(this.#channelOf(told.projectId), bytes)
    else bus?.hint(this.#channelOf(told.projectId), bytes)
  }

  /** Tells this node's people. */
  tellHere(told: Told): void {
    for (const listener of this.#watched.get(told.projectId)?.listeners ?? []) listener(told)
  }

  #open(projectId: ProjectId): Watched<Told> {
    const subscription = this.#options.bus?.subscribe(this.#channelOf(projectId), (bytes) => {
      const told = this.#parse(bytes)
      if (told?.projectId === projectId && this.#options.isNews?.(told) !== false) this.tellHere(told)
    })
    const watched = { listeners: new Set<(told: Told) => void>(), unsubscribe: () => subscription?.unsubscribe() }
    this.#watched.set(projectId, watched)
    return watched
  }

  #parse(bytes: Uint8Array): Told | undefined {
    try {
      return this.#options.parse(JSON.parse(Buffer.from(bytes).toString()))
    } catch {
      return undefined
    }
  }

  #channelOf(projectId: ProjectId): string {
    return `${this.#options.name}:${projectId}`
  }
}
