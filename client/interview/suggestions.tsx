// Short answers to the open question: a click puts one into the answer, where it can be changed before it is sent.

import type { AnswerDraft } from './answer-draft.ts'

interface SuggestionsProps {
  suggestions: readonly string[]
  draft: AnswerDraft
}

/** Nothing when there are none. */
export function Suggestions({ suggestions, draft }: SuggestionsProps) {
  if (suggestions.length === 0) return null
  return (
    <ul aria-label="Suggested answers" className="mt-1 flex flex-wrap gap-1.5">
      {suggestions.map((suggestion) => (
        <li key={suggestion} className="max-w-full">
          <button
            type="button"
            onClick={() => draft.suggest(suggestion)}
            className="max-w-full rounded-md border border-line bg-raised px-2.5 py-1 text-left text-sm wrap-anywhere hover:border-accent hover:bg-accent-soft"
          >
            {suggestion}
          </button>
        </li>
      ))}
    </ul>
  )
}
