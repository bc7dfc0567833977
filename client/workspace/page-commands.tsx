// What can be done on every signed-in page: the palette, the keys, the theme, the way home.

import { useLocation } from 'wouter'
import { useCommands } from '../ui/commands.ts'
import { setTheme, themes } from '../ui/theme.ts'
import { Dialogs } from './dialogs.tsx'
import { openDialog } from './open-dialog.ts'

/** Registers the commands of the page and shows the dialogs they open. */
export function PageCommands() {
  const [, navigate] = useLocation()
  useCommands(
    [
      {
        id: 'page.palette',
        title: 'Commands',
        group: 'Help',
        keys: ['Mod-k'],
        isKeyOnly: true,
        run: () => openDialog({ key: 'palette', subject: null }),
      },
      { id: 'page.keys', title: 'List the keys', group: 'Help', keys: ['?'], run: () => openDialog({ key: 'keys', subject: null }) },
      {
        id: 'page.preferences',
        title: 'Preferences: theme and text',
        group: 'Appearance',
        words: 'settings font size width spelling',
        run: () => openDialog({ key: 'preferences', subject: null }),
      },
      ...themes.map(({ theme, label }) => ({
        id: `page.theme.${theme}`,
        title: `Theme: ${label.toLowerCase()}`,
        group: 'Appearance',
        words: 'colour color mode',
        run: () => setTheme(theme),
      })),
      { id: 'page.projects', title: 'All projects', group: 'Go to', words: 'home list', run: () => navigate('/') },
    ],
    'page',
  )
  return <Dialogs of="page" />
}
