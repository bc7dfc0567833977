// `/reset/:token`: a new password for who has a link.

import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { limits } from '../../shared/limits.ts'
import type { ResetPreview } from '../../shared/wire/accounts.ts'
import { ApiError } from '../net/api-error.ts'
import { api } from '../session/api.ts'
import { refreshSession } from '../session/session.ts'
import { Button, ButtonLink } from '../ui/button.tsx'
import { CardPage } from '../ui/card-page.tsx'
import { PasswordField } from '../ui/field.tsx'
import { FormFault } from '../ui/form-fault.tsx'
import { MessagePage } from '../ui/notice.tsx'
import { usePageTitle } from '../ui/page-title.ts'
import { useForm } from '../ui/use-form.ts'
import { Listed } from './listed.tsx'
import { newPasswordFault } from './new-password.ts'

const pathOf = (token: string) => `/api/password-resets/${encodeURIComponent(token)}`

/** The page; it says whose password is set and who made the link. */
export function ResetPage({ token }: { token: string }) {
  usePageTitle('Set a new password')
  const [isDone, setDone] = useState(false)
  const link = useQuery({
    queryKey: ['password-resets', token],
    queryFn: ({ signal }) => api.request<ResetPreview>('GET', pathOf(token), { signal }),
    enabled: !isDone,
    staleTime: Infinity,
  })
  if (isDone) {
    return (
      <CardPage title="Your password is set">
        <p className="text-muted">You were signed out everywhere. Sign in with the new password.</p>
        <ButtonLink to="/sign-in" look="primary">
          Sign in
        </ButtonLink>
      </CardPage>
    )
  }
  if (link.error instanceof ApiError && link.error.is('reset_link_not_found')) {
    return (
      <MessagePage title="This link is no longer good" actions={<ButtonLink to="/forgot-password">Get a new link</ButtonLink>}>
        <p>It was used, or is older than an hour. Your password is as it was.</p>
      </MessagePage>
    )
  }
  return (
    <CardPage title="Set a new password">
      <Listed query={link} what="This link">
        {(preview) => <ResetForm token={token} preview={preview} onDone={() => setDone(true)} />}
      </Listed>
    </CardPage>
  )
}

function ResetForm({ token, preview, onDone }: { token: string; preview: ResetPreview; onDone: () => void }) {
  const { faults, isBusy, form, submit } = useForm({
    names: ['password'],
    check: ({ password }) => newPasswordFault('password', password),
    send: async ({ password }) => {
      await api.request<null>('POST', pathOf(token), { body: { password } })
      onDone()
      await refreshSession()
    },
  })
  return (
    <form ref={form} noValidate onSubmit={submit} className="grid grid-cols-1 gap-4">
      <p className="text-muted">
        For <bdi className="break-all text-text">{preview.email}</bdi>
        {preview.madeBy !== null && (
          <>
            , by a link that <bdi className="text-text">{preview.madeBy}</bdi> made
          </>
        )}
        . You are signed out everywhere, and your API tokens end.
      </p>
      <input type="email" name="username" autoComplete="username" value={preview.email} readOnly hidden />
      <PasswordField
        label="New password"
        name="password"
        autoComplete="new-password"
        autoFocus
        minLength={limits.passwordMinChars}
        maxLength={limits.passwordMaxChars}
        error={faults.password}
        hint={`${limits.passwordMinChars} characters or more`}
      />
      <FormFault text={faults.form} />
      <Button type="submit" look="primary" disabled={isBusy} className="h-9">
        {isBusy ? 'Setting…' : 'Set the password'}
      </Button>
    </form>
  )
}
