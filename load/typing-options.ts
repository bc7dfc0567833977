// The command line of `npm run load:typing`.

import { parseArgs } from 'node:util'
import { parseSettings } from './setting-argument.ts'

export const usage = `npm run load:typing -- [options]
  --door yjs|socketio|both  through which door they type (yjs)
  --people 100              how many type at once, over all documents
  --documents 1             how many documents they are spread over
  --rate 5                  characters a second from each, one update a character
  --seconds 20              how long is measured
  --warmup 3                seconds of typing before that
  --check 3                 real clients that stay in document 1; 0 for none
  --accounts 20             accounts the people are spread over
  --url http://host:port    a server that runs already, or a node; may be repeated. Without it one is started for the run
  --pid 123                 the process of that server, to measure it; may be repeated
  --set NAME=value          a setting of the started server; may be repeated`

export interface TypingOptions {
  door: 'yjs' | 'socketio' | 'both'
  people: number
  documents: number
  rate: number
  seconds: number
  warmup: number
  check: number
  accounts: number
  /** Of servers that run already. */
  urls: string[]
  pids: number[]
  settings: Record<string, string>
}

/** Reads the arguments; throws with a sentence when one is not understood. */
export function parseTypingOptions(args: string[]): TypingOptions {
  const text = (fallback: string) => ({ type: 'string', default: fallback }) as const
  const { values } = parseArgs({
    args,
    options: {
      door: text('yjs'),
      people: text('100'),
      documents: text('1'),
      rate: text('5'),
      seconds: text('20'),
      warmup: text('3'),
      check: text('3'),
      accounts: text('20'),
      url: { type: 'string', multiple: true, default: [] },
      pid: { type: 'string', multiple: true, default: [] },
      set: { type: 'string', multiple: true, default: [] },
    },
  })
  const { door } = values
  if (door !== 'yjs' && door !== 'socketio' && door !== 'both') throw new Error('--door is yjs, socketio or both')
  const people = positive('people', values.people)
  const documents = positive('documents', values.documents)
  if (documents > people) throw new Error('--documents is at most --people')
  return {
    door,
    people,
    documents,
    rate: positive('rate', values.rate),
    seconds: positive('seconds', values.seconds),
    warmup: atLeastZero('warmup', values.warmup),
    check: atLeastZero('check', values.check),
    accounts: Math.min(people, positive('accounts', values.accounts)),
    urls: values.url.map((url) => url.replace(/\/$/, '')),
    pids: values.pid.map((pid) => positive('pid', pid)),
    settings: parseSettings(values.set),
  }
}

function atLeastZero(name: string, value: string): number {
  const number = Number(value)
  if (!Number.isFinite(number) || number < 0) throw new Error(`--${name} is a number`)
  return number
}

function positive(name: string, value: string): number {
  const number = atLeastZero(name, value)
  if (number === 0) throw new Error(`--${name} is more than 0`)
  return number
}
