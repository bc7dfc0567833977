// A form that is sent by Enter, with each fault beside its field and the first faulty field in focus.

import { useRef, useState, type FormEvent } from 'react'
import { ApiError } from '../net/api-error.ts'

/** A sentence a field; `form` is for what belongs to none. */
export type FormFaults<Name extends string> = Partial<Record<Name | 'form', string>>

export interface FormOptions<Name extends string> {
  /** The fields, as the request names them. */
  names: readonly Name[]
  /** What can be seen without asking the server. */
  check: (fields: Record<Name, string>) => FormFaults<Name>
  /** Sends it; what is wrong comes back as an ApiError. */
  send: (fields: Record<Name, string>) => Promise<void>
}

/** The form's state, and what its element needs. */
export function useForm<Name extends string>({ names, check, send }: FormOptions<Name>) {
  const [faults, setFaults] = useState<FormFaults<Name>>({})
  const [isBusy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const show = (found: FormFaults<Name>) => {
    setFaults(found)
    focusFirstFault(form.current)
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const fields = readFields(form.current, names)
    const seen = check(fields)
    if (Object.keys(seen).length > 0) return show(seen)
    setFaults({})
    setBusy(true)
    try {
      await send(fields)
    } catch (error) {
      show(faultsOf(error, names))
    } finally {
      setBusy(false)
    }
  }
  return { faults, isBusy, form, submit: (event: FormEvent) => void submit(event) }
}

/** Read from the form itself: password managers fill fields without telling React. */
function readFields<Name extends string>(form: HTMLFormElement | null, names: readonly Name[]): Record<Name, string> {
  const data = new FormData(form ?? undefined)
  const text = (name: Name) => {
    const value = data.get(name)
    return typeof value === 'string' ? value : ''
  }
  // Every name of the type is in the list it was inferred from.
  return Object.fromEntries(names.map((name) => [name, text(name)])) as Record<Name, string>
}

function faultsOf<Name extends string>(error: unknown, names: readonly Name[]): FormFaults<Name> {
  const faults: FormFaults<Name> = {}
  if (!(error instanceof ApiError)) return { ...faults, form: 'Something went wrong in this page. Load it again.' }
  if (error.is('rate_limited')) return { ...faults, form: 'Too many tries. Wait a few minutes, then try again.' }
  for (const { path, message } of error.fields) {
    const name = names.find((candidate) => candidate === path)
    if (name !== undefined) faults[name] = message
  }
  return Object.keys(faults).length > 0 ? faults : { ...faults, form: error.message }
}

/** After the faults are on the page: React has marked the fields by then. */
function focusFirstFault(form: HTMLFormElement | null): void {
  requestAnimationFrame(() => form?.querySelector<HTMLInputElement>('[aria-invalid="true"]')?.focus())
}
