// Who sits in which document: the crowd divided into stretches of about equal size.

/** One person's place: the document, and the stretch of the crowd that shares it. */
export interface Seat {
  readonly document: number
  /** Index in the crowd of the first one in this document. */
  readonly first: number
  /** How many share the document. */
  readonly size: number
}

/** The seat of each of `people`, in order. */
export function seatPeople(people: number, documents: number): Seat[] {
  return Array.from({ length: documents }, (_, document) => {
    const first = Math.floor((document * people) / documents)
    const size = Math.floor(((document + 1) * people) / documents) - first
    return Array.from({ length: size }, () => ({ document, first, size }))
  }).flat()
}
