// One's name, as others see it.

import { limits } from '../../shared/limits.ts'
import type { Account } from '../../shared/wire/accounts.ts'
import { Button } from '../ui/button.tsx'
import { Field } from '../ui/field.tsx'
import { FormFault } from '../ui/form-fault.tsx'
import { tellSuccess } from '../ui/toast.ts'
import { useForm } from '../ui/use-form.ts'
import { useRename } from './account.ts'

/** The form; Enter saves. */
export function ProfileForm({ account }: { account: Account }) {
  const rename = useRename()
  const { faults, isBusy, form, submit } = useForm({
    names: ['name'],
    check: ({ name }) => (name.trim() === '' ? { name: 'Enter your name.' } : {}),
    send: async ({ name }) => {
      await rename(name)
      tellSuccess('Your name was changed')
    },
  })
  return (
    <form ref={form} noValidate onSubmit={submit} className="grid grid-cols-1 justify-items-start gap-4">
      <div className="w-full max-w-sm">
        <Field
          label="Name"
          name="name"
          autoComplete="name"
          defaultValue={account.name}
          maxLength={limits.personNameChars}
          error={faults.name}
          hint="As others see it"
        />
      </div>
      <p className="text-muted">
        You sign in as <span className="break-all text-text">{account.email}</span>, since{' '}
        {new Date(account.createdAt).toLocaleDateString(undefined, { dateStyle: 'long' })}.
      </p>
      <FormFault text={faults.form} />
      <Button type="submit" disabled={isBusy}>
        {isBusy ? 'Saving…' : 'Save the name'}
      </Button>
    </form>
  )
}
