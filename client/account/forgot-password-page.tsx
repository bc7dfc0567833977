// `/forgot-password`: a link by mail, or whom to ask where there is no mail.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { limits } from '../../shared/limits.ts'
import { api } from '../session/api.ts'
import { Button } from '../ui/button.tsx'
import { CardPage } from '../ui/card-page.tsx'
import { Field } from '../ui/field.tsx'
import { FormFault } from '../ui/form-fault.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { useForm } from '../ui/use-form.ts'
import { Listed } from './listed.tsx'

const path = '/api/password-resets'

/** The page; it never tells whether anybody has an email. */
export function ForgotPasswordPage() {
  usePageTitle('Forgot password')
  const options = useQuery({
    queryKey: ['password-resets'],
    queryFn: ({ signal }) => api.request<{ byMail: boolean }>('GET', path, { signal }),
  })
  const back = (
    <Link to="/sign-in" className="font-medium text-accent hover:underline">
      Back to signing in
    </Link>
  )
  return (
    <CardPage title="Forgot your password?" below={back}>
      <Listed query={options} what="What this server can do">
        {({ byMail }) => (byMail ? <LinkByMail /> : <WhomToAsk />)}
      </Listed>
    </CardPage>
  )
}

function LinkByMail() {
  const [sentTo, setSentTo] = useState<string | null>(null)
  const { faults, isBusy, form, submit } = useForm({
    names: ['email'],
    check: ({ email }) =>
      /^\S+@\S+\.\S+$/.test(email.trim()) ? {} : { email: email === '' ? 'Enter your email.' : 'This is not an email address.' },
    send: async ({ email }) => {
      await api.request<null>('POST', path, { body: { email: email.trim() } })
      setSentTo(email.trim())
    },
  })
  if (sentTo !== null) {
    return (
      <p role="status">
        If there is an account with <bdi className="font-medium break-all">{sentTo}</bdi>, a link is on its way. It works once, for one
        hour.
      </p>
    )
  }
  return (
    <form ref={form} noValidate onSubmit={submit} className="grid gap-4">
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete="username"
        inputMode="email"
        autoFocus
        maxLength={limits.emailChars}
        error={faults.email}
        hint="We send a link to set a new password."
      />
      <FormFault text={faults.form} />
      <Button type="submit" look="primary" disabled={isBusy} className="h-9">
        {isBusy ? 'Sending…' : 'Send the link'}
      </Button>
    </form>
  )
}

function WhomToAsk() {
  return (
    <div className="grid gap-3 text-muted">
      <p>This server sends no mail.</p>
      <p>
        Ask an owner of your project: in its Share dialog they can make a link that lets you set a new password. If you are in projects of
        several owners, whoever runs this server makes one for you.
      </p>
    </div>
  )
}
