// What would change in the words of an item: taken out struck through, put in marked, each with a word for those who do not see it.

import { diffWords } from 'diff'

/** From `before` to `after`; without a `before` all of it is new. */
export function WordDiff({ before, after }: { before: string | null; after: string }) {
  if (before === null)
    return (
      <p className="wrap-anywhere whitespace-pre-line">
        <ins className="rounded-[3px] bg-[var(--added-soft)] box-decoration-clone px-0.5 no-underline">{after}</ins>
      </p>
    )
  return (
    <p className="wrap-anywhere whitespace-pre-line">
      {diffWords(before, after).map(({ value, added, removed }, index) => {
        if (added)
          return (
            <ins key={index} className="rounded-[3px] bg-[var(--added-soft)] box-decoration-clone decoration-1 underline-offset-2">
              {value}
            </ins>
          )
        return removed ? (
          <del key={index} className="rounded-[3px] bg-danger-soft box-decoration-clone text-muted">
            {value}
          </del>
        ) : (
          value
        )
      })}
    </p>
  )
}
