// An interview over the HTTP API as people have it: asked, answered, skipped, and what comes of it read.

import { randomUUID } from 'node:crypto'
import { vi } from 'vitest'
import type { Role } from '../../shared/domain/roles.ts'
import type { InterviewMessage, Proposal } from '../../shared/wire/interview.ts'
import type { Item } from '../../shared/wire/items.ts'
import type { WholeApp } from './whole-app.ts'

interface Page<T> {
  items: T[]
}

export class InterviewTalk {
  readonly path: string
  readonly #app: WholeApp
  readonly #token: string

  private constructor(app: WholeApp, token: string, path: string) {
    this.#app = app
    this.#token = token
    this.path = path
  }

  /** In a new project of whoever the token is of. */
  static async begin(app: WholeApp, token: string): Promise<InterviewTalk> {
    const response = await app.request('/api/projects', { method: 'POST', body: { name: 'Talk' }, token })
    return new InterviewTalk(app, token, `/api/projects/${((await response.json()) as { id: string }).id}`)
  }

  get projectId(): string {
    return this.path.split('/').at(-1) ?? ''
  }

  /** The same interview as somebody else who was invited to it. */
  async as(name: string, role: Role): Promise<InterviewTalk> {
    const { token } = await this.#app.signUp(name)
    const invitation = await this.post<{ token: string }>('/invitations', { role })
    await this.#app.request(`/api/invitations/${invitation.body.token}/accept`, { method: 'POST', body: {}, token })
    return new InterviewTalk(this.#app, token, this.path)
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.#app.request(this.path + path, { token: this.#token })).json()) as T
  }

  async post<T = Record<string, unknown>>(path: string, body: unknown = {}, method = 'POST'): Promise<{ status: number; body: T }> {
    const response = await this.#app.request(this.path + path, { method, body, token: this.#token })
    const text = await response.text()
    return { status: response.status, body: (text === '' ? {} : JSON.parse(text)) as T }
  }

  /** Puts a spec in place. */
  async write(markdown: string): Promise<void> {
    await this.post('/spec', { markdown }, 'PUT')
  }

  /** Has a question asked and waits for its words. */
  async ask(): Promise<InterviewMessage> {
    await this.post('/questions', { requestId: randomUUID() })
    return this.open()
  }

  /** The question that is open, once it is. */
  open(): Promise<InterviewMessage> {
    return vi.waitFor(async () => {
      const open = (await this.get<Page<InterviewMessage>>('/messages')).items.find(({ isOpen }) => isOpen)
      if (!open) throw new Error('no question is open')
      return open
    }, 10_000)
  }

  /** The question that is open behind another. */
  nextAfter(id: string): Promise<InterviewMessage> {
    return vi.waitFor(async () => {
      const open = await this.open()
      if (open.id === id) throw new Error('it is still open')
      return open
    }, 20_000)
  }

  /** Answers, or writes freely; gives the id of the message. */
  async say(text: string): Promise<string> {
    return (await this.post<{ messageId: string }>('/messages', { text, requestId: randomUUID() })).body.messageId
  }

  /** Passes over the open question; gives the one that follows. */
  async skip(): Promise<InterviewMessage> {
    const { id } = await this.open()
    await this.post(`/messages/${id}/skip`)
    return this.open()
  }

  async items(): Promise<Item[]> {
    return (await this.get<Page<Item>>('/items?limit=100')).items
  }

  async proposals(): Promise<Proposal[]> {
    return (await this.get<Page<Proposal>>('/proposals?limit=100')).items
  }

  async markdown(): Promise<string> {
    return (await this.get<{ markdown: string }>('/spec')).markdown
  }
}
