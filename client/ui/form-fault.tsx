// What is wrong with a form as a whole.

/** Shows `text`, announced at once; nothing when there is none. */
export function FormFault({ text }: { text: string | undefined }) {
  if (!text) return null
  return (
    <p role="alert" className="rounded-md bg-danger-soft px-3 py-2 text-danger">
      {text}
    </p>
  )
}
