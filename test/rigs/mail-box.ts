// A real SMTP server that keeps what it is given, for tests of what the product sends.

import { SMTPServer } from 'smtp-server'

/** A mail as it came over SMTP. */
export interface ReceivedMail {
  from: string
  to: string[]
  /** Headers and body as they were sent, soft line breaks of quoted-printable taken out. */
  text: string
}

export interface MailBox {
  /** For SMTP_URL. */
  url: string
  received: ReceivedMail[]
  /** Resolves with the next mail that no one has taken yet. */
  next(): Promise<ReceivedMail>
  /** Refuses the next `count` mails for the moment, as a busy server does. */
  refuseNext(count: number): void
  close(): Promise<void>
}

/** Listens on a free port of loopback, without TLS and without a sign-in. */
export async function openMailBox(): Promise<MailBox> {
  const received: ReceivedMail[] = []
  const unread: ReceivedMail[] = []
  const waiting: ((mail: ReceivedMail) => void)[] = []
  let refusals = 0
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    onData(stream, { envelope }, done) {
      const chunks: Buffer[] = []
      stream.on('data', (chunk: Buffer) => chunks.push(chunk))
      stream.on('end', () => {
        if (refusals > 0) {
          refusals--
          done(Object.assign(new Error('Busy, come back later'), { responseCode: 451 }))
          return
        }
        const text = Buffer.concat(chunks)
          .toString('utf8')
          .replace(/=\r?\n/g, '')
          .replaceAll('=3D', '=')
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address
        const mail = { from, to: envelope.rcptTo.map(({ address }) => address), text }
        received.push(mail)
        const taker = waiting.shift()
        if (taker) taker(mail)
        else unread.push(mail)
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.server.address()
  if (address === null || typeof address === 'string') throw new Error('the mail box has no port')
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    received,
    next() {
      const mail = unread.shift()
      return mail ? Promise.resolve(mail) : new Promise((resolve) => waiting.push(resolve))
    },
    refuseNext(count) {
      refusals = count
    },
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

/** The token of the link in a mail. Throws when it has none. */
export function resetTokenIn({ text }: ReceivedMail): string {
  const token = /\/reset\/([\w-]{20,})/.exec(text)?.[1]
  if (token === undefined) throw new Error(`there is no link in this mail:\n${text}`)
  return token
}

/** The token of the next link that goes to someone; other mails are passed over. */
export async function nextResetTokenFor(box: MailBox, email: string): Promise<string> {
  for (;;) {
    const mail = await box.next()
    if (mail.to.includes(email) && mail.text.includes('/reset/')) return resetTokenIn(mail)
  }
}
