// Brings a version back, says so, and offers the way back from that.

import type { Version } from '../../shared/wire/versions.ts'
import { useOpenProject } from '../session/open-project.ts'
import { tellError, tellSuccess } from '../ui/toast.ts'
import { useRestoreVersion } from './versions.ts'
import { titleOf } from './version-words.ts'

/** `restore` answers by a message with Undo in it; the same step is undone by the keys of the text. */
export function useRestore(): { restore: (version: Version) => void; isRestoring: boolean } {
  const { project, provider } = useOpenProject()
  const restoring = useRestoreVersion(project.id)
  const restore = (version: Version) => {
    const steps = provider.undo.undoStack.length
    restoring.mutate(version.id, {
      onError: (error) => tellError(`Nothing was restored. ${error.message}`),
      onSuccess: ({ before }) => {
        // The edit came before its answer, as a step of its own; when there was none, the text was that one already.
        const step = provider.undo.undoStack.length > steps ? provider.undo.undoStack.at(-1) : undefined
        if (before.id === version.id) {
          tellSuccess('The text is that of this version already.')
          return
        }
        const undo = () => {
          // With words typed since, the last step is another one: then the text of before is brought back as a version.
          if (step && provider.undo.undoStack.at(-1) === step) provider.undo.undo()
          else restore(before)
        }
        tellSuccess(`“${titleOf(version)}” is back. The text as it was is kept as a version.`, { label: 'Undo', run: undo })
      },
    })
  }
  return { restore, isRestoring: restoring.isPending }
}
