// The end of the account: what stands in the way, what goes with it, and the password.

import { useState } from 'react'
import { Link } from 'wouter'
import type { Account, AccountDeletion } from '../../shared/wire/accounts.ts'
import { endAccount, usePerson } from '../session/session.ts'
import { Button } from '../ui/button.tsx'
import { PasswordField } from '../ui/field.tsx'
import { FormFault } from '../ui/form-fault.tsx'
import { useForm } from '../ui/use-form.ts'
import { deleteAccount, useDeletion } from './account.ts'
import { Listed } from './listed.tsx'

/** A button, and behind it what it would do. */
export function DangerZone({ account }: { account: Account }) {
  const [isOpen, setOpen] = useState(false)
  if (!isOpen) {
    return (
      <Button className="justify-self-start" onClick={() => setOpen(true)}>
        Delete my account…
      </Button>
    )
  }
  return <Consequences account={account} onCancel={() => setOpen(false)} />
}

function Consequences({ account, onCancel }: { account: Account; onCancel: () => void }) {
  const deletion = useDeletion()
  return (
    <Listed query={deletion} what="What would happen">
      {(consequences) => (
        <div className="grid animate-appear grid-cols-1 gap-4 rounded-md border border-line p-4">
          {consequences.blockedBy.length > 0 ? (
            <Blocked consequences={consequences} onCancel={onCancel} />
          ) : (
            <DeletionForm account={account} consequences={consequences} onCancel={onCancel} />
          )}
        </div>
      )}
    </Listed>
  )
}

function Blocked({ consequences: { blockedBy }, onCancel }: { consequences: AccountDeletion; onCancel: () => void }) {
  return (
    <>
      <p>
        You are the only owner of {blockedBy.length === 1 ? 'a project' : 'projects'} that others are in. Make somebody else an owner first,
        in the project’s Share dialog:
      </p>
      <ul className="list-disc pl-5">
        {blockedBy.map(({ id, name }) => (
          <li key={id}>
            <Link to={`/p/${id}`} className="text-accent underline">
              <bdi>{name}</bdi>
            </Link>
          </li>
        ))}
      </ul>
      <Button className="justify-self-start" onClick={onCancel}>
        Keep my account
      </Button>
    </>
  )
}

interface DeletionFormProps {
  account: Account
  consequences: AccountDeletion
  onCancel: () => void
}

function DeletionForm({ account, consequences: { deletes, leaves }, onCancel }: DeletionFormProps) {
  const person = usePerson()
  const { faults, isBusy, form, submit } = useForm({
    names: ['password'],
    check: ({ password }) => (password === '' ? { password: 'Enter your password.' } : {}),
    send: async ({ password }) => {
      await deleteAccount(password)
      await endAccount(person)
    },
  })
  return (
    <form ref={form} noValidate onSubmit={submit} className="grid grid-cols-1 justify-items-start gap-4">
      <p>
        This cannot be undone. You are signed out everywhere and your API tokens end.
        {leaves.length > 0 && ' What you wrote in projects with others stays, as written by a former member.'}
      </p>
      {deletes.length > 0 && (
        <div className="grid gap-1">
          <p>
            Nobody else is in {deletes.length === 1 ? 'this project, and it is' : `these ${deletes.length} projects, and they are`} deleted:
          </p>
          <ul className="max-h-40 list-disc overflow-auto pl-5">
            {deletes.map(({ id, name }) => (
              <li key={id}>
                <bdi>{name}</bdi>
              </li>
            ))}
          </ul>
        </div>
      )}
      <input type="email" name="username" autoComplete="username" value={account.email} readOnly hidden />
      <div className="w-full max-w-sm">
        <PasswordField label="Your password" name="password" autoComplete="current-password" autoFocus error={faults.password} />
      </div>
      <FormFault text={faults.form} />
      <div className="flex flex-wrap gap-2">
        <Button type="submit" className="border-danger! text-danger!" disabled={isBusy}>
          {isBusy ? 'Deleting…' : 'Delete my account for good'}
        </Button>
        <Button look="quiet" onClick={onCancel}>
          Keep my account
        </Button>
      </div>
    </form>
  )
}
