// What may come only after the text: parts of the page that would hold up the moment in which one can write.

let tellReady: () => void = () => undefined
const ready = new Promise<void>((resolve) => {
  tellReady = resolve
})

/** Said once a text is on the screen with its look, or will stay without. */
export function textIsReady(): void {
  tellReady()
}

/** Loads `part` once the first text is on the screen. */
export async function afterText<Module>(part: () => Promise<Module>): Promise<Module> {
  await ready
  return part()
}
