// Plays an interview over the HTTP API of a server of its own and writes it down: npm run interview:example; see docs/example-interview.md.

import { randomUUID } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { setTimeout as wait } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import type { Conflict } from '../shared/wire/conflicts.ts'
import type { InterviewMessage, Proposal } from '../shared/wire/interview.ts'
import type { Item } from '../shared/wire/items.ts'
import { questionBank } from '../server/interview/bank/question-bank.ts'
import { vagueConfidence } from '../server/interview/read-answer.ts'
import { wardStockAnswers, wardStockCorrection, wardStockElse, wardStockSides } from './fixtures/interview/ward-stock.ts'
import { createProject, signUp, type Person } from './rigs/people.ts'
import { startServer } from './rigs/server-process.ts'

const answersWanted = 20
const page = fileURLToPath(new URL('../docs/example-interview.md', import.meta.url))

interface Page<T> {
  items: T[]
}

/** The conversation of one project, driven by its owner. */
class Played {
  readonly #person: Person
  readonly #path: string
  readonly lines: string[] = []
  #baseId = ''
  #nth = 0

  constructor(person: Person, projectId: string) {
    this.#person = person
    this.#path = `/api/projects/${projectId}`
  }

  async get<T>(path: string): Promise<T> {
    return (await (await this.#person.request(this.#path + path)).json()) as T
  }

  async post(path: string, body: unknown = {}): Promise<void> {
    const response = await this.#person.request(this.#path + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
    if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`)
  }

  async open(after: string | undefined): Promise<InterviewMessage> {
    for (;;) {
      const open = (await this.get<Page<InterviewMessage>>('/messages')).items.find(({ isOpen }) => isOpen)
      if (open && open.id !== after) return open
      await wait(50)
    }
  }

  /** What she answers: by the bank's question, or by what follows it up. */
  answerTo({ text }: InterviewMessage): string {
    const base = questionBank.find(({ question }) => question === text)
    if (text.endsWith('which of them holds?')) return wardStockSides
    if (base) [this.#baseId, this.#nth] = [base.id, 0]
    else this.#nth += 1
    return wardStockAnswers[this.#baseId]?.[this.#nth] ?? wardStockElse
  }

  async say(text: string): Promise<void> {
    await this.post('/messages', { text, requestId: randomUUID() })
  }

  note(question: InterviewMessage, answer: string): void {
    const offered = question.suggestions.length === 0 ? '' : ` *(${question.suggestions.join(' · ')})*`
    this.lines.push(`**${question.askedAs ?? 'interviewer'}**: ${question.text}${offered}  \n*${question.why ?? ''}*\n`, `> ${answer}\n`)
  }
}

async function play(played: Played): Promise<Proposal[]> {
  await played.post('/questions', { requestId: randomUUID() })
  let last: string | undefined
  for (let answers = 1; answers <= answersWanted; answers++) {
    const question = await played.open(last)
    const answer = answers === wardStockCorrection.after ? wardStockCorrection.text : played.answerTo(question)
    played.note(question, answer)
    await played.say(answer)
    last = question.id
  }
  const { items } = await played.get<Page<Proposal>>('/proposals?limit=100')
  return items
}

/** Nobody signs `It must be fast`. */
const isVague = ({ confidence }: Proposal): boolean => confidence <= vagueConfidence

const server = await startServer()
try {
  const mara = await signUp({ serverUrl: server.url, name: 'Mara' })
  const played = new Played(mara, await createProject(mara, 'Ward stock'))
  const proposals = await play(played)
  const before = (await played.get<Page<Item>>('/items?limit=100')).items
  for (const { id } of proposals.filter(isVague)) await played.post(`/proposals/${id}/reject`)
  await played.post('/proposals/accept-all')
  const { items: open } = await played.get<Page<Conflict>>('/conflicts')
  for (const { id, revision } of open) {
    await played.post(`/conflicts/${id}/resolve`, {
      resolution: 'ignore',
      revision,
      note: 'One is how it is today, the other what is aimed at.',
    })
  }
  const { markdown } = await played.get<{ markdown: string }>('/spec')
  const { maturity } = await played.get<{ maturity: number }>('/quality')
  const refs = new Map(before.map(({ id, ref, text }) => [id, `${ref} “${text}”`]))
  const waiting = proposals.map((proposal) => {
    const { text, confidence, replaces } = proposal
    const place = replaces === null ? '' : `, in place of ${refs.get(replaces) ?? 'an item that is gone'}`
    return `- ${text} *(${confidence}${place}${isVague(proposal) ? ', rejected as too vague' : ''})*`
  })
  const decided = open.map(({ why }) => ` One conflict was found and passed over with a note, since both hold: “${why}”`).join('')
  const text = [
    '# An example interview\n',
    'The head of a hospital pharmacy is asked by the built-in interviewer, without any model, about a system that does not exist yet: twenty answers, some vague, some',
    'half, one that takes back an earlier one. `npm run interview:example` plays it anew over the HTTP API and writes this page.\n',
    '## The conversation\n',
    ...played.lines,
    '## What waited for a decision\n',
    `${before.length} items went into the spec by themselves. These waited, and all but vague ones were accepted at once:\n`,
    ...(waiting.length > 0 ? waiting : ['- nothing']),
    `\n## The spec that came of it\n\nMaturity ${maturity} %.${decided}\n`,
    '````markdown',
    markdown.trimEnd(),
    '````\n',
    '## Read critically\n',
    'As the start of a spec it can be signed: each line says one thing, goals and bounds have figures, dates and owners, what was vague was asked about until it was',
    'clear, and the line that was taken back is gone instead of standing beside its contrary. It is a start: twenty answers fill the goals and the main task, and leave',
    'security, performance, testing and operation nearly empty, as its maturity says. Whoever signs it reads two things again: lines whose subject is in their name',
    '(`Export: …`), and what was accepted without being reworded.\n',
  ].join('\n')
  await writeFile(process.argv[2] ?? page, text)
} finally {
  await server.stop()
}
