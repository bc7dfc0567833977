// Words between who writes and who reads them, each at their own pace: what was written before a failure is read before it.

export class TextQueue {
  readonly #texts: string[] = []
  #end: { readonly failure: unknown } | undefined
  #wake: () => void = () => undefined

  push(text: string): void {
    this.#texts.push(text)
    this.#wake()
  }

  /** No more comes; what is read last is `failure`, if there is one. */
  end(failure?: unknown): void {
    this.#end ??= { failure }
    this.#wake()
  }

  /** For one reader. */
  async *read(): AsyncGenerator<string> {
    for (;;) {
      const text = this.#texts.shift()
      if (text !== undefined) yield text
      else if (this.#end === undefined) await new Promise<void>((resolve) => (this.#wake = resolve))
      else if (this.#end.failure === undefined) return
      else throw this.#end.failure
    }
  }
}
