// The account menu of every signed-in page; what it opens loads when someone reaches for it.

import { lazy, Suspense, useState } from 'react'
import { AccountButton } from './account-button.tsx'
import { usePerson } from './session.ts'

const loadPopup = () => import('./account-menu-popup.tsx')
const AccountMenuPopup = lazy(async () => ({ default: (await loadPopup()).AccountMenuPopup }))

/** The button, and from its first press on the menu. */
export function AccountMenu() {
  const person = usePerson()
  const [isWanted, setWanted] = useState(false)
  const button = <AccountButton person={person} onClick={() => setWanted(true)} onPointerEnter={() => void loadPopup()} />
  return isWanted ? (
    <Suspense fallback={button}>
      <AccountMenuPopup />
    </Suspense>
  ) : (
    button
  )
}
