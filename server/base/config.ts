// The one file that reads the environment: every setting with its type, default, unit and a sentence.

import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { z } from 'zod'
import { limits } from '../../shared/limits.ts'

const text = (fallback: string) => z.string().default(fallback)
const optionalText = () => z.string().min(1).optional()
const count = (fallback: number, min = 1) => z.coerce.number().int().min(min).default(fallback)
const flag = (fallback: boolean) =>
  z
    .enum(['true', 'false'])
    .default(fallback ? 'true' : 'false')
    .transform((value) => value === 'true')
const mib = 1024 * 1024
/** Money for a million tokens. */
const price = () => z.coerce.number().min(0).optional()

const furtherModel = { name: z.string().min(1).max(100), model: z.string().min(1), inputPrice: price(), outputPrice: price() }
const furtherModels = z.array(
  z.discriminatedUnion('provider', [
    z.strictObject({ ...furtherModel, provider: z.literal('anthropic'), apiKey: z.string().min(1), baseUrl: z.url().optional() }),
    z.strictObject({ ...furtherModel, provider: z.literal('openai-compatible'), apiKey: z.string().min(1).optional(), baseUrl: z.url() }),
  ]),
)

/** A list as JSON in one line. */
const json = <T extends z.ZodType>(schema: T) =>
  z
    .string()
    .transform((raw, context) => {
      try {
        return JSON.parse(raw) as unknown
      } catch {
        context.addIssue({ code: 'custom', message: 'is not JSON' })
        return z.NEVER
      }
    })
    .pipe(schema)
    .optional()

/** Every setting: `schema` parses the string of the environment, `help` is printed by `npm start -- --help`. */
const settings = {
  PORT: { schema: z.coerce.number().int().min(0).max(65_535).default(3000), help: 'Port to listen on; 0 takes a free one.' },
  HOST: { schema: text('127.0.0.1'), help: 'Address to listen on.' },
  PUBLIC_URL: {
    schema: z.url().optional(),
    help: 'The address people use, when it is not http://HOST:PORT; links and the origin check follow it.',
  },
  TRUST_PROXY: {
    schema: flag(false),
    help: 'Whether the last address of X-Forwarded-For is the client (set it only behind a proxy that writes it).',
  },
  DATA_DIR: { schema: text('.data'), help: 'Folder of the embedded database and the generated secret.' },
  DATABASE_URL: { schema: optionalText(), help: 'A PostgreSQL 15 or newer; without it one is embedded in DATA_DIR.' },
  DATABASE_POOL_SIZE: { schema: count(10), help: 'Connections to PostgreSQL for the product; auth keeps 4 more.' },
  DATABASE_QUEUE_MAX: { schema: count(2_000), help: 'Statements that may wait for a connection before more are refused.' },
  REDIS_URL: {
    schema: z.url({ protocol: /^rediss?$/ }).optional(),
    help: 'A Redis that several nodes share; without it there is one node. With it AUTH_SECRET must be given.',
  },
  STATEMENT_TIMEOUT_MS: { schema: count(10_000), help: 'PostgreSQL ends a statement that takes longer, in ms.' },
  AUTH_SECRET: {
    schema: z.string().min(32).optional(),
    help: 'Signs cookies, 32 characters or more; without it one is made and kept in DATA_DIR.',
  },
  SESSION_CACHE_MS: { schema: count(30_000, 0), help: 'How long a session look-up is kept in this process, in ms.' },
  AUDIT_RETENTION_DAYS: { schema: count(365), help: 'How long the audit log is kept, in days.' },
  LOG_LEVEL: {
    schema: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
    help: 'Least level that is logged.',
  },
  METRICS_TOKEN: { schema: optionalText(), help: 'Bearer token for /metrics from elsewhere than loopback.' },
  SLOW_REQUEST_MS: { schema: count(2_000), help: 'An HTTP request that takes longer is logged, in ms.' },
  SLOW_STATEMENT_MS: { schema: count(1_000), help: 'A statement that takes longer is logged by name, in ms.' },
  REQUEST_HEADERS_TIMEOUT_MS: { schema: count(20_000), help: 'Time a client has to send the headers of a request, in ms.' },
  REQUEST_TIMEOUT_MS: { schema: count(120_000), help: 'Time a client has to send a whole request, in ms.' },
  SHUTDOWN_DEADLINE_MS: { schema: count(10_000), help: 'Time from SIGTERM to the end of the process, in ms.' },
  DOCUMENT_MAX_BYTES: { schema: count(limits.documentBytes), help: "A document's encoded state; past it only deletions pass." },
  FRAME_MAX_BYTES: {
    schema: count(32 * mib),
    help: 'A message that is read at all, through either door; a larger one ends its connection with a reason.',
  },
  PERSON_FRAME_BYTES: {
    schema: count(128 * mib),
    help: "Unfinished messages of all a person's sockets: each new one may send its part of this, 512 KiB at least.",
  },
  AWARENESS_MAX_BYTES: { schema: count(limits.awarenessBytes), help: "One person's presence state in one document." },
  DOCUMENT_CONNECTIONS_MAX: { schema: count(5_000), help: 'Connections to one document on this node.' },
  PERSON_CONNECTIONS_MAX: { schema: count(2_000), help: 'Connections of one person on this node.' },
  UPDATES_PER_SECOND: { schema: count(100), help: 'Messages a connection may send, sustained; past it reading slows down.' },
  UPDATES_BURST: { schema: count(2_000), help: 'Messages a connection may send at once before it is slowed down.' },
  CONSUMER_LAG_BYTES: { schema: count(256 * 1024), help: 'Bytes waiting for a client past which its updates are merged until it reads.' },
  CONSUMER_MAX_BYTES: { schema: count(16 * mib), help: 'Bytes waiting for a client past which it is closed.' },
  LOG_PENDING_MAX_BYTES: {
    schema: count(64 * mib),
    help: 'Updates that may wait for PostgreSQL in memory; past it writers are told to wait.',
  },
  COMMIT_WINDOW_MS: { schema: count(2, 0), help: 'How long updates of all documents are gathered for one INSERT, in ms.' },
  COMPACT_AFTER_ROWS: { schema: count(1_000), help: 'Rows in the log of one document after which they are folded into its snapshot.' },
  DOCUMENT_IDLE_MS: { schema: count(30_000, 0), help: 'How long a document without connections stays open, in ms.' },
  ITEM_ANALYSIS_PAUSE_MS: {
    schema: count(150, 0),
    help: 'How long nobody must have typed before the items of a text and what clashes in them are looked for, in ms; a large one rests the machine.',
  },
  VERSION_PAUSE_MS: { schema: count(60_000), help: 'How long nobody must have written before a version is made by itself, in ms.' },
  VERSION_INTERVAL_MS: {
    schema: count(10 * 60_000, 0),
    help: 'Least time between two versions made by themselves, in ms; work without a pause is kept after three times that.',
  },
  NAMED_VERSIONS_MAX: { schema: count(1_000), help: 'Versions with a name in one project.' },
  SIGN_IN_FAILURES_PER_ACCOUNT: { schema: count(10), help: 'Failed sign-ins for one email in 15 minutes.' },
  SIGN_IN_FAILURES_PER_ADDRESS: { schema: count(100), help: 'Failed sign-ins from one address in 15 minutes.' },
  PROJECTS_PER_PERSON_MAX: { schema: count(10_000), help: 'Projects one person may own, archived ones included.' },
  MEMBERS_PER_PROJECT_MAX: { schema: count(5_000), help: 'People in one project.' },
  INVITATIONS_PER_PROJECT_MAX: { schema: count(1_000), help: 'Open invitations of one project.' },
  READS_PER_MINUTE: { schema: count(12_000), help: 'Reading requests of one person a minute.' },
  WRITES_PER_MINUTE: { schema: count(6_000), help: 'Writing requests of one person a minute.' },
  ANONYMOUS_REQUESTS_PER_MINUTE: {
    schema: count(6_000),
    help: 'Requests a minute from one address to sign in, or without a session.',
  },
  EVENTS_PER_SECOND: { schema: count(50), help: 'Socket.IO events beside edits that a connection may send, sustained; more are refused.' },
  EVENTS_BURST: { schema: count(1_000), help: 'Socket.IO events beside edits that a connection may send at once.' },
  INTERVIEW_REQUESTS_PER_MINUTE: { schema: count(60), help: 'What one person may ask or say in interviews a minute.' },
  INTERVIEW_PROJECT_REQUESTS_PER_MINUTE: { schema: count(300), help: 'What may be asked and said in one project a minute.' },
  LLM_PROVIDER: {
    schema: z.enum(['builtin', 'anthropic', 'openai-compatible']).default('builtin'),
    help: 'Who asks and answers in the interview: a bank of questions, or a model that gives a second opinion on conflicts too.',
  },
  LLM_BASE_URL: {
    schema: z.url().optional(),
    help: "Where the model is reached, with its version: https://api.openai.com/v1, http://127.0.0.1:11434/v1; Anthropic's own unless given.",
  },
  LLM_API_KEY: { schema: optionalText(), help: 'The key of the provider.' },
  LLM_MODEL: { schema: optionalText(), help: 'The model, by the name its provider has for it.' },
  LLM_INPUT_PRICE: { schema: price(), help: 'What a million tokens of a prompt cost; with LLM_OUTPUT_PRICE the cost of each run is kept.' },
  LLM_OUTPUT_PRICE: { schema: price(), help: 'What a million tokens of an answer cost.' },
  LLM_MORE_MODELS: {
    schema: json(furtherModels),
    help: 'Further models that a project may choose, as JSON: [{"name", "provider", "model", "baseUrl", "apiKey", "inputPrice", "outputPrice"}].',
  },
  LLM_FIRST_TOKEN_MS: { schema: count(15_000), help: 'Time a model has to begin an answer, in ms.' },
  LLM_STALL_MS: { schema: count(15_000), help: 'Time between two tokens of an answer, in ms.' },
  LLM_WHOLE_MS: { schema: count(120_000), help: 'Time for a whole answer, in ms.' },
  LLM_FALLBACK_MS: {
    schema: count(25_000),
    help: 'How long people wait for the first words of a model, further tries included, before the built-in interviewer takes over, in ms.',
  },
  LLM_MAX_OUTPUT_TOKENS: { schema: count(4_000), help: 'The longest answer that is asked for, in tokens.' },
  LLM_CALLS_MAX: { schema: count(8), help: 'Calls to one model at once on this node; others wait.' },
  LLM_WAITING_MAX: { schema: count(100, 0), help: 'Calls to one model that may wait before more are refused.' },
  LLM_BREAKER_FAILURES: { schema: count(5), help: 'Calls in a row that fail until a model is left alone.' },
  LLM_BREAKER_MS: { schema: count(30_000), help: 'How long a model that fails is left alone before one call tries it again, in ms.' },
  LLM_OPINION_PAUSE_MS: {
    schema: count(5_000),
    help: 'How long a spec has not changed before the model gives its second opinion on what may clash, in ms.',
  },
  LLM_OPINION_CALLS_PER_HOUR: {
    schema: count(60, 0),
    help: 'Calls for second opinions in one project an hour, each on up to 20 pairs of items; with 0 there are none.',
  },
  LLM_CACHE_ANSWERS: { schema: count(500), help: 'Whole answers to prompts without anything personal that this node keeps.' },
  RESET_REQUESTS_PER_HOUR: { schema: count(5), help: 'Mails with a link to set a new password, to one address an hour.' },
  RESET_REQUESTS_PER_ADDRESS: { schema: count(30), help: 'Requests for such mails from one client address an hour.' },
  PERSON_API_TOKENS_MAX: { schema: count(100), help: 'API tokens one person may have.' },
  SMTP_URL: {
    schema: z.url({ protocol: /^smtps?$/ }).optional(),
    help: 'Where mail goes out, smtp://user:password@host:587; without it no mail is sent.',
  },
  MAIL_FROM: { schema: text('Elenchus <elenchus@localhost>'), help: 'Who mail is from.' },
  SIGN_UPS_PER_MINUTE: { schema: count(600), help: 'Sign-ups from one address a minute.' },
} as const

type Settings = { [Key in keyof typeof settings]: z.output<(typeof settings)[Key]['schema']> }

/** The parsed settings; `DATA_DIR` is absolute. */
export type Config = Readonly<Settings>

/**
 * Parses the environment. Gives the config, or the whole list of what is wrong, one sentence a setting;
 * values are never part of a sentence, since some are secrets.
 */
export function parseConfig(environment: Record<string, string | undefined>): { config: Config } | { problems: string[] } {
  const values: Record<string, unknown> = {}
  const problems: string[] = []
  for (const [name, { schema }] of Object.entries(settings)) {
    const raw = environment[name]
    // An empty variable is what `NAME=` in an .env file leaves behind: it means "not set".
    const parsed = schema.safeParse(raw === '' ? undefined : raw)
    if (parsed.success) values[name] = parsed.data
    else problems.push(`${name}: ${parsed.error.issues.map((issue) => issue.message).join('; ')}`)
  }
  if (values['REDIS_URL'] !== undefined && values['AUTH_SECRET'] === undefined) {
    problems.push('AUTH_SECRET: must be given with REDIS_URL, the same on all nodes')
  }
  for (const name of missingForModel(values)) problems.push(`${name}: must be given with LLM_PROVIDER`)
  if (!haveOwnNames(values)) problems.push('LLM_MORE_MODELS: each model needs a name of its own, other than builtin and that of LLM_MODEL')
  if (problems.length > 0) return { problems }
  // Every key of `settings` was parsed by its own schema just above.
  const config = values as Settings
  return { config: Object.freeze({ ...config, DATA_DIR: resolve(config.DATA_DIR) }) }
}

function haveOwnNames({ LLM_MODEL: usual, LLM_MORE_MODELS: further = [] }: Record<string, unknown>): boolean {
  const names = (further as { name: string }[]).map(({ name }) => name)
  return new Set(['builtin', usual, ...names]).size === names.length + 2
}

function missingForModel(values: Record<string, unknown>): string[] {
  const provider = values['LLM_PROVIDER']
  if (provider !== 'anthropic' && provider !== 'openai-compatible') return []
  return ['LLM_MODEL', provider === 'anthropic' ? 'LLM_API_KEY' : 'LLM_BASE_URL'].filter((name) => values[name] === undefined)
}

/** One setting as people read it; `fallback` is undefined where there is none. */
export interface SettingDescription {
  name: string
  fallback: string | undefined
  help: string
}

/** All settings in their order, for `--help` and for `.env.example`. */
export function listSettings(): SettingDescription[] {
  return Object.entries(settings).map(([name, { schema, help }]) => {
    const parsed = schema.safeParse(undefined)
    // A list has no default.
    const fallback = parsed.success && typeof parsed.data !== 'object' && parsed.data !== undefined ? String(parsed.data) : undefined
    return { name, fallback, help }
  })
}

/** The settings as lines for a terminal: name, default, what it is for. */
export function describeSettings(): string {
  return listSettings()
    .map(({ name, fallback, help }) => `${name} (${fallback ?? 'not set'})\n    ${help}`)
    .join('\n')
}

/** Reads the process's own environment, and for what it does not set the file `.env` of the working folder; see `parseConfig`. */
export function readEnvironment(): { config: Config } | { problems: string[] } {
  if (existsSync('.env')) process.loadEnvFile('.env')
  return parseConfig(process.env)
}
