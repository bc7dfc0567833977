// The items that something is about, by the names people use.

interface ItemLinksProps {
  items: readonly { id: string; ref: string }[]
  /** How many there are in all. */
  of: number
}

const shown = 6

/** Nothing when it is about no item. */
export function ItemLinks({ items, of }: ItemLinksProps) {
  if (items.length === 0) return null
  const rest = of - Math.min(shown, items.length)
  return (
    <p className="flex flex-wrap gap-x-2 gap-y-0.5 text-sm text-muted tabular-nums">
      {items.slice(0, shown).map(({ id, ref }) => (
        <span key={id}>{ref}</span>
      ))}
      {rest > 0 && <span>and {rest} more</span>}
    </p>
  )
}
