// The account menu of every signed-in page; what it opens loads when someone reaches for it.

import { FailedPart } from '../ui/failed-part.tsx'
import { useOnDemand } from '../ui/on-demand.ts'
import { AccountButton } from './account-button.tsx'
import { usePerson } from './session.ts'

const loadPopup = () => import('./account-menu-popup.tsx')

/** The button, and from its first press on the menu. */
export function AccountMenu() {
  const person = usePerson()
  const { part, ask } = useOnDemand(loadPopup)
  if (part.state === 'ready') return <part.module.AccountMenuPopup />
  return (
    <>
      <AccountButton person={person} onClick={ask} />
      {part.state === 'failed' && <FailedPart />}
    </>
  )
}
