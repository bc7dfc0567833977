// Ways from one part of the open project into another that it does not know: to a place of the text, to an item, to what was said.

interface Ways {
  /** Shows the text with the caret at a position. */
  text: (position: number) => void
  /** Shows the item with a number. */
  item: (number: number) => void
  /** Shows what was said in a message of the interview, and what was asked. */
  message: (messageId: string) => void
}

const offered: { [Name in keyof Ways]?: Ways[Name] } = {}

/** Offers a way until the returned function is called. */
export function offerWay<Name extends keyof Ways>(name: Name, way: Ways[Name]): () => void {
  offered[name] = way
  return () => {
    if (offered[name] === way) delete offered[name]
  }
}

/** Goes to a position of the text. */
export function goToText(position: number): void {
  offered.text?.(position)
}

/** Goes to the item called `SPEC-<number>`. */
export function goToItem(number: number): void {
  offered.item?.(number)
}

/** Goes to a message of the interview. */
export function goToMessage(messageId: string): void {
  offered.message?.(messageId)
}
