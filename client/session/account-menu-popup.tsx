// What opens under the account button: who is signed in, the theme, sign out. Loaded when it is first asked for.

import LogOut from 'lucide-react/icons/log-out'
import UserRound from 'lucide-react/icons/user-round'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { ApiError } from '../net/api-error.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { Menu, MenuChoice, MenuHeading, MenuItem, MenuLine } from '../ui/menu.tsx'
import { setTheme, themes, useTheme } from '../ui/theme.ts'
import { showError } from '../ui/toaster.tsx'
import { AccountButton } from './account-button.tsx'
import { signOut, usePerson } from './session.ts'
import { hasUnsavedEdits } from './unsaved-edits.ts'

const themeChoices = themes.map(({ theme, label }) => ({ value: theme, label }))

/** The menu; open from the start, since it is made when the button is pressed. */
export function AccountMenuPopup() {
  const person = usePerson()
  const theme = useTheme()
  const [, navigate] = useLocation()
  const [isAsking, setAsking] = useState(false)

  const leave = () => {
    signOut(person).catch((error: unknown) => {
      showError(
        error instanceof ApiError
          ? `You are still signed in. ${error.message}`
          : 'You are still signed in: something went wrong in this page.',
      )
    })
  }

  return (
    <>
      <Menu isOpenAtFirst trigger={<AccountButton person={person} />}>
        <MenuHeading>{person.email}</MenuHeading>
        <MenuLine />
        <MenuHeading>Theme</MenuHeading>
        <MenuChoice label="Theme" value={theme} choices={themeChoices} onChange={setTheme} />
        <MenuLine />
        <MenuItem icon={<UserRound size={16} aria-hidden />} onSelect={() => navigate('/account')}>
          Account
        </MenuItem>
        <MenuItem icon={<LogOut size={16} aria-hidden />} onSelect={() => (hasUnsavedEdits() ? setAsking(true) : leave())}>
          Sign out
        </MenuItem>
      </Menu>
      <Dialog
        title="Sign out with unsaved edits?"
        description="Some of your edits have not reached the server. Signing out deletes them from this browser."
        isOpen={isAsking}
        onOpenChange={setAsking}
      >
        <div className="flex justify-end gap-2">
          <Button onClick={() => setAsking(false)}>Stay signed in</Button>
          <Button look="primary" onClick={leave}>
            Sign out and delete them
          </Button>
        </div>
      </Dialog>
    </>
  )
}
