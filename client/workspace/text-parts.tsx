// What follows the text on the screen: what can be done with it, its items, conflicts and interview. One script, so that it comes at once.

import type { PresentPerson } from '../../shared/wire/events.ts'
import type { DocumentPlace } from '../editor/document-place.ts'
import type { Following } from '../editor/following.ts'
import { Part } from '../ui/part.tsx'
import { DocumentCommands } from './document-commands.tsx'
import { TextConflicts } from './text-conflicts.tsx'
import { TextInterview } from './text-interview.tsx'
import { TextItems } from './text-items.tsx'
import { TextWording } from './text-wording.tsx'

interface TextPartsProps {
  place: DocumentPlace
  following: Following
  present: readonly PresentPerson[]
}

/** Each by itself: one that breaks leaves the others. */
export function TextParts({ place, following, present }: TextPartsProps) {
  return (
    <>
      <Part>
        <DocumentCommands place={place} following={following} present={present} />
      </Part>
      <Part>
        <TextItems place={place} />
      </Part>
      <Part>
        <TextConflicts place={place} />
      </Part>
      <Part>
        <TextWording place={place} />
      </Part>
      <Part>
        <TextInterview />
      </Part>
    </>
  )
}
