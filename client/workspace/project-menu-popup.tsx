// What opens under the project's name. Loaded when it is first asked for.

import Command from 'lucide-react/icons/command'
import Download from 'lucide-react/icons/download'
import FolderOpen from 'lucide-react/icons/folder-open'
import Keyboard from 'lucide-react/icons/keyboard'
import Settings from 'lucide-react/icons/settings'
import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import Upload from 'lucide-react/icons/upload'
import { useLocation } from 'wouter'
import { may } from '../../shared/domain/roles.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import { chooseImport, exportMarkdown } from './document-files.ts'
import { openDialog } from './open-dialog.ts'
import { ProjectButton } from './project-button.tsx'

/** The menu; open from the start, since it is made when the button is pressed. */
export function ProjectMenuPopup() {
  const { project, provider, role } = useOpenProject()
  const [, navigate] = useLocation()
  return (
    <Menu isOpenAtFirst align="start" trigger={<ProjectButton />}>
      {may(role, 'write') && (
        <MenuItem icon={<Upload size={16} aria-hidden />} onSelect={chooseImport}>
          Import a file…
        </MenuItem>
      )}
      <MenuItem icon={<Download size={16} aria-hidden />} onSelect={() => exportMarkdown(project, provider)}>
        Export as Markdown
      </MenuItem>
      {may(project.role, 'administer') && (
        <MenuItem icon={<Settings size={16} aria-hidden />} onSelect={() => openDialog({ key: 'project', subject: null })}>
          Project settings
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<Command size={16} aria-hidden />} hint="Mod-k" onSelect={() => openDialog({ key: 'palette', subject: null })}>
        Commands
      </MenuItem>
      <MenuItem icon={<Keyboard size={16} aria-hidden />} hint="?" onSelect={() => openDialog({ key: 'keys', subject: null })}>
        Keys
      </MenuItem>
      <MenuItem icon={<SlidersHorizontal size={16} aria-hidden />} onSelect={() => openDialog({ key: 'preferences', subject: null })}>
        Preferences
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<FolderOpen size={16} aria-hidden />} onSelect={() => navigate('/')}>
        All projects
      </MenuItem>
    </Menu>
  )
}
