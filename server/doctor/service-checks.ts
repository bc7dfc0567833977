// What the server talks to beside PostgreSQL, and the page it serves.

import type { Config } from '../base/config.ts'
import { isClientBuilt } from '../http/client-build.ts'
import { tryMail } from '../mail/mailer.ts'
import { tryRedis } from '../redis/try-redis.ts'
import { codeOf, doubtful, fine, placeOf, wrong, type Finding } from './finding.ts'

/** Whether Redis answers, where nodes are to share one. */
export async function checkRedis({ REDIS_URL: url }: Pick<Config, 'REDIS_URL'>): Promise<Finding> {
  if (url === undefined) return fine('REDIS_URL is not set: there is one node.')
  try {
    await tryRedis(url)
    return fine(`Redis at ${placeOf(url)} answers.`)
  } catch (error) {
    return wrong(
      `Redis at ${placeOf(url)} cannot be used (${codeOf(error)}): what is typed on one node arrives late on the others.`,
      'Start it, mend REDIS_URL and the password in it, or take the setting away where there is one node.',
    )
  }
}

/** Whether the mail server takes us. Sends nothing. */
export async function checkMail({ SMTP_URL: url }: Pick<Config, 'SMTP_URL'>): Promise<Finding> {
  if (url === undefined) return fine('SMTP_URL is not set: no mail is sent, and an owner gives links for forgotten passwords.')
  try {
    await tryMail(url)
    return fine(`The mail server at ${placeOf(url)} takes mail.`)
  } catch (error) {
    return wrong(
      `The mail server at ${placeOf(url)} cannot be used (${codeOf(error)}): nobody gets a link for a forgotten password.`,
      'Mend SMTP_URL: the address, the port, the user and the password in it.',
    )
  }
}

/** Whether the page is the one of this source. */
export async function checkClient(root?: string): Promise<Finding> {
  if (await isClientBuilt(root)) return fine('The page is built from this source.')
  return doubtful('The page is not built, or from another source.', 'Nothing, or `npm ci` where that was not done: `npm start` builds it.')
}
