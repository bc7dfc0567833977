// The one card of signing in and signing up.

import { useRef, useState, type FormEvent } from 'react'
import { Link, Redirect, useSearch } from 'wouter'
import { limits } from '../../shared/limits.ts'
import { ApiError } from '../net/api-error.ts'
import { Button } from '../ui/button.tsx'
import { CardPage } from '../ui/card-page.tsx'
import { Field, PasswordField } from '../ui/field.tsx'
import { FormFault } from '../ui/form-fault.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { faultsOf, type CredentialFaults } from './credential-faults.ts'
import { returnPath } from './return-path.ts'
import { signIn, signUp, useSession } from './session.ts'

type Mode = 'sign-in' | 'sign-up'

const words = {
  'sign-in': { title: 'Sign in', busy: 'Signing in…', other: 'sign-up', question: 'New here?', link: 'Create an account' },
  'sign-up': { title: 'Create an account', busy: 'Creating…', other: 'sign-in', question: 'Already have one?', link: 'Sign in' },
} as const

/** `/sign-in` and `/sign-up`; leads on to where the person came from, also when there is a session already. */
export function CredentialsPage({ mode }: { mode: Mode }) {
  const search = useSearch()
  const session = useSession()
  const word = words[mode]
  usePageTitle(word.title)
  if (session.data) return <Redirect to={returnPath(search, location.origin)} replace />
  return (
    <CardPage
      title={word.title}
      below={
        <>
          {word.question}{' '}
          <Link to={`/${word.other}${search ? `?${search}` : ''}`} className="font-medium text-accent hover:underline">
            {word.link}
          </Link>
        </>
      }
    >
      <CredentialsForm key={mode} mode={mode} />
    </CardPage>
  )
}

/** What the form does: faults, being busy, sending. */
function useCredentials(mode: Mode) {
  const [faults, setFaults] = useState<CredentialFaults>({})
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const isNew = mode === 'sign-up'

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const fields = readFields(form.current)
    const missing = faultsOf.form(fields, isNew)
    setFaults(missing)
    if (Object.keys(missing).length > 0) return focusFirstFault(form.current)
    setBusy(true)
    try {
      await (isNew ? signUp(fields) : signIn(fields))
    } catch (error) {
      setBusy(false)
      setFaults(error instanceof ApiError ? faultsOf.answer(error) : { form: 'Something went wrong in this page. Load it again.' })
      focusFirstFault(form.current)
    }
  }
  return { faults, isBusy, form, submit }
}

function CredentialsForm({ mode }: { mode: Mode }) {
  const { faults, isBusy, form, submit } = useCredentials(mode)
  const isNew = mode === 'sign-up'
  return (
    <form ref={form} noValidate onSubmit={(event) => void submit(event)} className="grid gap-4">
      {isNew && (
        <Field
          label="Name"
          name="name"
          autoComplete="name"
          autoFocus
          maxLength={limits.personNameChars}
          error={faults.name}
          hint="As others will see it"
        />
      )}
      <Field
        label="Email"
        name="email"
        type="email"
        autoComplete={isNew ? 'email' : 'username'}
        inputMode="email"
        autoFocus={!isNew}
        maxLength={limits.emailChars}
        error={faults.email}
      />
      <PasswordField
        label="Password"
        name="password"
        autoComplete={isNew ? 'new-password' : 'current-password'}
        minLength={limits.passwordMinChars}
        maxLength={limits.passwordMaxChars}
        error={faults.password}
        hint={isNew ? `${limits.passwordMinChars} characters or more` : undefined}
      />
      <FormFault text={faults.form} />
      <Button type="submit" look="primary" disabled={isBusy} className="h-9">
        {isBusy ? words[mode].busy : words[mode].title}
      </Button>
      {!isNew && (
        <Link to="/forgot-password" className="justify-self-start text-sm text-muted hover:text-text hover:underline">
          Forgot password?
        </Link>
      )}
    </form>
  )
}

/** Read from the form itself: password managers fill fields without telling React. */
function readFields(form: HTMLFormElement | null): { name: string; email: string; password: string } {
  const data = new FormData(form ?? undefined)
  const text = (field: string) => {
    const value = data.get(field)
    return typeof value === 'string' ? value : ''
  }
  return { name: text('name').trim(), email: text('email').trim(), password: text('password') }
}

/** After the faults are on the page: React has marked the fields by then. */
function focusFirstFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus())
}
