// What may come only after the text: parts of the page that would hold up the moment in which one can write.

let tellReady: () => void = () => undefined
/** Where no text comes (the project is gone, the server away) nothing waits for it longer. */
const latestMs = 10_000
const ready = new Promise<void>((resolve) => {
  tellReady = resolve
  setTimeout(resolve, latestMs)
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
