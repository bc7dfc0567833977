// The mails about an account, word for word.

import type { Mail } from '../mail/mailer.ts'

interface Addressee {
  name: string
  email: string
}

const ending = '\n\nThis mail was sent by Elenchus.\n'

/** The link that somebody asked for on the "Forgot password?" page. */
export function resetMail({ name, email }: Addressee, url: string): Mail {
  const text = `Hello ${name},\n\nsomebody, hopefully you, asked for a link to set a new password. It works once, and for one hour:\n\n${url}\n\nSetting a new password signs you out everywhere and ends your API tokens. If it was not you, do nothing: your password stays as it is.`
  return { to: email, subject: 'Set a new password', text: text + ending }
}

/** That an owner of a project made such a link: it is for the person, and the person should know of it. */
export function ownersLinkMail({ name, email }: Addressee, { ownerName, projectName }: { ownerName: string; projectName: string }): Mail {
  const text = `Hello ${name},\n\n${ownerName}, an owner of the project "${projectName}", made a link that sets a new password for your account. Whoever has it can use it once, within one hour. If you did not ask for it, talk to ${ownerName}.`
  return { to: email, subject: 'A link to set your password was made', text: text + ending }
}

/** That the password is another one now. */
export function passwordChangedMail({ name, email }: Addressee): Mail {
  const text = `Hello ${name},\n\nyour password was changed, and you were signed out everywhere else. If it was not you, use "Forgot password?" at once.`
  return { to: email, subject: 'Your password was changed', text: text + ending }
}
