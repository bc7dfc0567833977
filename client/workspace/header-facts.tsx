// What the header says of the spec: its phase and maturity, and how many conflicts are open. Loaded once the text is there.

import { PhaseChip } from '../quality/phase-chip.tsx'
import { useIsWide } from '../ui/media.ts'
import { ConflictCount } from './conflict-count.tsx'

/** On a narrow screen there is room for the conflicts alone. */
export function HeaderFacts() {
  const isWide = useIsWide()
  return (
    <>
      {isWide && <PhaseChip />}
      <ConflictCount />
    </>
  )
}
