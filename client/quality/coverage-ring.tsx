// How much of something is there, as a ring of 14 px.

const radius = 5
const length = 2 * Math.PI * radius

interface CoverageRingProps {
  percent: number
  color: string
  /** What it shows, where no words beside it say so. */
  label?: string
}

/** Drawn from the top, clockwise. */
export function CoverageRing({ percent, color, label }: CoverageRingProps) {
  return (
    <svg
      viewBox="0 0 14 14"
      width="14"
      height="14"
      className="shrink-0 -rotate-90"
      {...(label === undefined ? { 'aria-hidden': true } : { role: 'img', 'aria-label': label })}
    >
      {label !== undefined && <title>{label}</title>}
      <circle cx="7" cy="7" r={radius} fill="none" stroke="var(--line)" strokeWidth="2.5" />
      <circle
        cx="7"
        cy="7"
        r={radius}
        fill="none"
        stroke={color}
        strokeWidth="2.5"
        strokeDasharray={`${(percent / 100) * length} ${length}`}
        className="transition-[stroke-dasharray] duration-150"
      />
    </svg>
  )
}
