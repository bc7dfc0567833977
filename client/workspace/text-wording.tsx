// Wording around the text: unclear words marked in it where one wants that, and the patterns that are offered. Loaded once the text is there.

import { useEffect, useMemo } from 'react'
import { may } from '../../shared/domain/roles.ts'
import type { DocumentPlace } from '../editor/document-place.ts'
import { useOpenProject } from '../session/open-project.ts'
import { useCommands } from '../ui/commands.ts'
import { setPreferences, usePreferences } from '../ui/preferences.ts'
import { tellError } from '../ui/toast.ts'
import { earsPatterns, writePattern } from '../wording/ears-patterns.ts'
import { wordingMarks, wordingSource, type WordingMarks } from '../wording/wording-marks.ts'
import { showDiagnostics } from './text-marks.ts'

/** Nothing to see by itself. */
export function TextWording({ place }: { place: DocumentPlace }) {
  const { role } = useOpenProject()
  const { marksWording } = usePreferences()
  const marks = useMemo(() => wordingMarks((view, notices, span) => showDiagnostics(view, wordingSource, notices, span)), [])
  useEffect(() => {
    if (!marksWording) return undefined
    const stop = place.extend(marks.extension)
    return () => {
      stop()
      place.withEditor((view) => showDiagnostics(view, wordingSource, []))
    }
  }, [place, marks, marksWording])
  const group = 'Wording'
  const canWrite = may(role, 'write')
  useCommands(
    [
      {
        id: 'wording.marks',
        title: marksWording ? 'Hide the marks of unclear wording' : 'Mark unclear wording',
        group,
        words: 'vague notices',
        run: () => setPreferences({ marksWording: !marksWording }),
      },
      ...(canWrite ? patternCommands(place, marks) : []),
    ],
    `wording ${marksWording} ${canWrite}`,
  )
  return null
}

function patternCommands(place: DocumentPlace, marks: WordingMarks) {
  const group = 'Wording'
  return [
    {
      id: 'wording.offer',
      title: 'Put this requirement in an EARS pattern',
      group,
      run: () =>
        place.withEditor((view) => {
          if (!marks.writeOfferHere(view))
            tellError('Nothing was changed: what stands at the caret follows a pattern, or is too far from one.')
        }),
    },
    ...earsPatterns.map(({ name, text }) => ({
      id: `wording.${name}`,
      title: `${name}: ${text}`,
      group,
      words: 'ears pattern requirement',
      run: () => place.withEditor((view) => writePattern(view, text)),
    })),
  ]
}
