// A person as a coloured circle with initials.

const graphemes = new Intl.Segmenter()

/** Up to two initials of a name: of its first and its last word. */
export function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  const letters = ends.map(
    (word) =>
      graphemes
        .segment(word ?? '')
        [Symbol.iterator]()
        .next().value?.segment ?? '',
  )
  return letters.join('').toUpperCase() || '?'
}

/** A circle of 24 px; the whole name is its label and shows on hover. `color` is one of the palette that carries white text. */
export function Avatar({ name, color, label = name }: { name: string; color: string; label?: string }) {
  return (
    <span
      role="img"
      aria-label={label}
      title={label}
      style={{ backgroundColor: color }}
      // Drawn, not written: initials are no text that a screen reader or a text search should meet.
      data-initials={initialsOf(name)}
      className="inline-grid size-6 shrink-0 place-items-center rounded-full text-[10px] font-semibold text-white ring-2 ring-bg select-none before:content-[attr(data-initials)]"
    />
  )
}
