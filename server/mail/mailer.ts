// Mail out, over SMTP: sent in the background, a few at once, tried again when the other side is away for a moment.

import { setTimeout as wait } from 'node:timers/promises'
import { createTransport, type Transporter } from 'nodemailer'
import { backoffMs } from '../../shared/backoff.ts'
import type { Config } from '../base/config.ts'
import type { Log } from '../base/log.ts'
import type { Service } from '../base/service.ts'

/** A mail of plain text to one person. */
export interface Mail {
  to: string
  subject: string
  text: string
}

export interface MailerOptions {
  config: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>
  log: Log
}

const tries = 3
/** Mails that may be on their way or wait; what comes past that is dropped, and said so in the log. */
const underWayMax = 500
const connectionsMax = 2
const timeoutMs = 10_000

/** INVARIANT: `stop` resolves when nothing is on its way any more. Neither addresses nor texts are logged: a text may hold a link that opens an account. */
export class Mailer implements Service {
  readonly name = 'mailer'
  readonly #log: Log
  readonly #from: string
  readonly #transport: Transporter | null
  readonly #underWay = new Set<Promise<void>>()

  constructor({ config, log }: MailerOptions) {
    this.#log = log
    this.#from = config.MAIL_FROM
    this.#transport = config.SMTP_URL === undefined ? null : createTransport(transportOptions(config.SMTP_URL))
  }

  /** Whether this server sends mail at all. */
  get isOn(): boolean {
    return this.#transport !== null
  }

  /** Sends a mail in the background; without SMTP it does nothing. */
  post(mail: Mail): void {
    const transport = this.#transport
    if (transport === null) return
    if (this.#underWay.size >= underWayMax) {
      this.#log.warn({ subject: mail.subject }, 'mail.dropped')
      return
    }
    const sent = this.#send(transport, mail).finally(() => this.#underWay.delete(sent))
    this.#underWay.add(sent)
  }

  async stop(): Promise<void> {
    await Promise.all(this.#underWay)
    this.#transport?.close()
  }

  async #send(transport: Transporter, { to, subject, text }: Mail): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await transport.sendMail({ from: this.#from, to, subject, text })
        return
      } catch (error) {
        const facts = { subject, attempt, code: codeOf(error) }
        if (attempt >= tries || isForGood(error)) {
          this.#log.error(facts, 'mail.failed')
          return
        }
        this.#log.warn(facts, 'mail.delayed')
      }
      await wait(backoffMs(attempt, { firstMs: 500, maxMs: 5_000 }))
    }
  }
}

/** Resolves when the mail server takes us; sends nothing. Throws what it said, with a code. */
export async function tryMail(url: string): Promise<void> {
  const transport = createTransport(transportOptions(url))
  try {
    await transport.verify()
  } finally {
    transport.close()
  }
}

/** The address's own query parameters are nodemailer's options; the pool and the times are ours. */
function transportOptions(url: string) {
  return {
    url,
    pool: true,
    maxConnections: connectionsMax,
    connectionTimeout: timeoutMs,
    greetingTimeout: timeoutMs,
    socketTimeout: timeoutMs,
  }
}

/** A 5xx of SMTP: the same mail will not be taken a moment later either. */
function isForGood(error: unknown): boolean {
  return error instanceof Error && 'responseCode' in error && typeof error.responseCode === 'number' && error.responseCode >= 500
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : 'unknown'
}
