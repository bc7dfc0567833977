// Why a way on is recommended, in words.

/** The figures of a way on. */
interface Reckoned {
  readonly effort: number
  readonly probability: number
  readonly expectedTotal: number
}

const percent = (share: number): string => `${Math.round(share * 100)} %`
const points = (amount: number): string => amount.toLocaleString('en')

/** Why `best` is recommended among `paths`, in figures. */
export function reasonOf(best: Reckoned, paths: readonly Reckoned[]): string {
  const others = paths.filter((path) => path !== best)
  const dearest = others.reduce<Reckoned | undefined>(
    (worst, path) => (worst && worst.expectedTotal >= path.expectedTotal ? worst : path),
    undefined,
  )
  if (!dearest) return 'There is nothing to do first: every way on comes to the same.'
  const saved = dearest.expectedTotal - best.expectedTotal
  const chance =
    best.probability === 0 ? 'leaves nothing to be done over' : `leaves a chance of ${percent(best.probability)} of doing work over`
  // A recommendation that is nearly all chance would puzzle without this.
  const mostlyLater = best.probability >= 0.8 ? ' Nearly all of that is work done over, which costs little in this phase.' : ''
  const cheaper = saved > 0 ? ` That is ${points(saved)} points less than the dearest way.` : ''
  return `It costs ${points(best.effort)} points now and ${chance}: ${points(best.expectedTotal)} points in all are to be expected.${mostlyLater}${cheaper}`
}
