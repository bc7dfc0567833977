// Another password, for who knows the current one.

import type { Account } from '../../shared/wire/accounts.ts'
import { limits } from '../../shared/limits.ts'
import { Button } from '../ui/button.tsx'
import { PasswordField } from '../ui/field.tsx'
import { FormFault } from '../ui/form-fault.tsx'
import { tellSuccess } from '../ui/toast.ts'
import { useForm } from '../ui/use-form.ts'
import { useChangePassword } from './account.ts'
import { newPasswordFault } from './new-password.ts'

/** The form; what it did with other sessions is said after it. */
export function PasswordForm({ account }: { account: Account }) {
  const change = useChangePassword()
  const { faults, isBusy, form, submit } = useForm({
    names: ['currentPassword', 'newPassword'],
    check: ({ currentPassword, newPassword }) => ({
      ...(currentPassword === '' ? { currentPassword: 'Enter your current password.' } : {}),
      ...newPasswordFault('newPassword', newPassword),
    }),
    send: async (fields) => {
      const ended = await change(fields)
      form.current?.reset()
      tellSuccess(ended === 0 ? 'Your password was changed' : `Your password was changed, and you were signed out in ${places(ended)}`)
    },
  })
  return (
    <form ref={form} noValidate onSubmit={submit} className="grid w-full max-w-sm grid-cols-1 justify-items-start gap-4">
      <LastReset account={account} />
      {/* Password managers want to know whose password it is. */}
      <input type="email" name="username" autoComplete="username" value={account.email} readOnly hidden />
      <div className="grid w-full gap-4">
        <PasswordField
          label="Current password"
          name="currentPassword"
          autoComplete="current-password"
          maxLength={4_096}
          error={faults.currentPassword}
        />
        <PasswordField
          label="New password"
          name="newPassword"
          autoComplete="new-password"
          minLength={limits.passwordMinChars}
          maxLength={limits.passwordMaxChars}
          error={faults.newPassword}
          hint={`${limits.passwordMinChars} characters or more. You are signed out everywhere else.`}
        />
      </div>
      <FormFault text={faults.form} />
      <Button type="submit" disabled={isBusy}>
        {isBusy ? 'Changing…' : 'Change the password'}
      </Button>
    </form>
  )
}

/** A link that somebody else made is something the person has to know of. */
function LastReset({ account: { lastReset } }: { account: Account }) {
  if (!lastReset) return null
  const day = new Date(lastReset.at).toLocaleDateString(undefined, { dateStyle: 'long' })
  return (
    <p className="text-muted">
      Last set by a link on {day}
      {lastReset.madeBy !== null && (
        <>
          , made by <bdi className="text-text">{lastReset.madeBy}</bdi>
        </>
      )}
      .
    </p>
  )
}

function places(count: number): string {
  return count === 1 ? '1 other place' : `${count} other places`
}
