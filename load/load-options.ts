// The command line of `npm run load` and `npm run load:smoke`.

import { parseArgs } from 'node:util'
import { parseSettings } from './setting-argument.ts'

/** Files of `load/scenarios`, in the order in which they are run. */
export const scenarioNames = ['auth', 'projects', 'sockets', 'interview', 'day', 'storm'] as const
export type ScenarioName = (typeof scenarioNames)[number]

/** Environments of `load/scenarios/config.yml`, and how many people each needs. */
export const peopleOfSize = { smoke: 20, hundred: 100, thousand: 1000 } as const
export type LoadSize = keyof typeof peopleOfSize

export const loadUsage = `npm run load -- [options]
  --url http://127.0.0.1:3000   a server that runs already; "own" starts one for the run
  --size smoke|hundred|thousand how many people (hundred)
  --scenario day                ${scenarioNames.join(', ')}; may be repeated (all of them)
  --people-per-document 10      how many share a document
  --set NAME=value              a setting of the started server; may be repeated
  --report folder               where the report is written (load/report)`

export interface LoadOptions {
  /** Undefined: a server is started for the run. */
  url: string | undefined
  size: LoadSize
  scenarios: ScenarioName[]
  peoplePerDocument: number
  settings: Record<string, string>
  reportFolder: string
}

/** Reads the arguments; throws with a sentence when one is not understood. */
export function parseLoadOptions(args: string[]): LoadOptions {
  const { values } = parseArgs({
    args,
    options: {
      url: { type: 'string', default: 'http://127.0.0.1:3000' },
      size: { type: 'string', default: 'hundred' },
      scenario: { type: 'string', multiple: true, default: [...scenarioNames] },
      'people-per-document': { type: 'string', default: '10' },
      set: { type: 'string', multiple: true, default: [] },
      report: { type: 'string', default: 'load/report' },
    },
  })
  const peoplePerDocument = Number(values['people-per-document'])
  if (!Number.isInteger(peoplePerDocument) || peoplePerDocument < 1) throw new Error('--people-per-document is a whole number from 1')
  return {
    url: values.url === 'own' ? undefined : values.url.replace(/\/$/, ''),
    size: oneOf(Object.keys(peopleOfSize) as LoadSize[], values.size, '--size'),
    scenarios: values.scenario.map((name) => oneOf(scenarioNames, name, '--scenario')),
    peoplePerDocument,
    settings: parseSettings(values.set),
    reportFolder: values.report,
  }
}

function oneOf<Name extends string>(names: readonly Name[], given: string, option: string): Name {
  const name = names.find((candidate) => candidate === given)
  if (name === undefined) throw new Error(`${option} is one of ${names.join(', ')}`)
  return name
}
