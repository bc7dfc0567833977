// One's API tokens: what each may do, when it was used, and a way to delete it.

import { useState } from 'react'
import type { ApiToken } from '../../shared/wire/accounts.ts'
import { Button } from '../ui/button.tsx'
import { isPast, whenSince } from '../ui/when.ts'
import { useDeleteToken, useTokens } from './account.ts'
import { Listed } from './listed.tsx'
import { NewTokenForm } from './new-token-form.tsx'
import { Question } from './question.tsx'
import { scopeWords } from './scope-words.ts'

/** The tokens, and the form that makes one. */
export function TokenList() {
  const tokens = useTokens()
  const [isMaking, setMaking] = useState(false)
  return (
    <div className="grid grid-cols-1 justify-items-start gap-4">
      <Listed query={tokens} what="Your API tokens">
        {(items) =>
          items.length === 0 ? (
            !isMaking && <p className="text-muted">You have none.</p>
          ) : (
            <ul className="w-full divide-y divide-line border-y border-line">
              {items.map((token) => (
                <li key={token.id}>
                  <TokenRow token={token} />
                </li>
              ))}
            </ul>
          )
        }
      </Listed>
      {isMaking ? <NewTokenForm onClose={() => setMaking(false)} /> : <Button onClick={() => setMaking(true)}>New API token</Button>}
    </div>
  )
}

function TokenRow({ token }: { token: ApiToken }) {
  const remove = useDeleteToken()
  const [isAsking, setAsking] = useState(false)
  const isExpired = isPast(token.expiresAt)
  return (
    <div className="grid grid-cols-1 gap-2 py-3">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
        <div className="min-w-0 flex-1 basis-48">
          <p className="truncate font-medium" title={token.name}>
            <bdi>{token.name}</bdi>
          </p>
          <p className="text-sm text-muted">
            {scopeWords(token.scopes)}, {projectWords(token.projectIds)}. {isExpired ? 'Expired' : 'Expires'}{' '}
            {new Date(token.expiresAt).toLocaleDateString(undefined, { dateStyle: 'medium' })},{' '}
            {token.lastUsedAt === null ? 'never used' : `last used ${whenSince(token.lastUsedAt)}`}.
          </p>
        </div>
        {!isAsking && (
          <Button aria-label={`Delete ${token.name}`} onClick={() => setAsking(true)}>
            Delete
          </Button>
        )}
      </div>
      {isAsking && (
        <Question
          text="What uses this token stops working at once."
          action="Delete the token"
          isBusy={remove.isPending}
          error={remove.error ? `The token is still there. ${remove.error.message}` : undefined}
          onYes={() => remove.mutate(token.id)}
          onNo={() => setAsking(false)}
        />
      )}
    </div>
  )
}

function projectWords(projectIds: readonly string[] | null): string {
  if (projectIds === null) return 'in all your projects'
  return projectIds.length === 1 ? 'in 1 project' : `in ${projectIds.length} projects`
}
