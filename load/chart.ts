// A line chart as an SVG text: what a report needs, without a library in the page.

export interface Line {
  name: string
  points: { x: number; y: number }[]
}

export interface Chart {
  title: string
  /** Of the values; the x axis is in seconds. */
  unit: string
  lines: Line[]
}

const [width, height] = [360, 200]
const frame = { left: 48, right: 12, top: 28, bottom: 44 }
const colors = ['#4f46e5', '#d97706', '#dc2626']

/** Draws it; a line without points is left out. */
export function drawChart({ title, unit, lines }: Chart): string {
  const shown = lines.filter(({ points }) => points.length > 0)
  const points = shown.flatMap((line) => line.points)
  const [maxX, maxY] = [Math.max(1, ...points.map(({ x }) => x)), roundUp(Math.max(1, ...points.map(({ y }) => y)))]
  const place = ({ x, y }: { x: number; y: number }): string => {
    const left = frame.left + (x / maxX) * (width - frame.left - frame.right)
    const top = height - frame.bottom - (y / maxY) * (height - frame.top - frame.bottom)
    return `${left.toFixed(1)},${top.toFixed(1)}`
  }
  const grid = [0, 0.5, 1].map((share) => drawGridLine(share, `${Number((share * maxY).toPrecision(3))}`)).join('')
  const drawn = shown.map((line, index) => drawLine(line.points.map(place), colors[index % colors.length] ?? ''))
  const key = shown.map(({ name }, index) => drawKey(name, index)).join('')
  return `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${title} in ${unit} over time" font-family="system-ui" font-size="11">
<text x="${frame.left}" y="16" font-weight="600">${title}, ${unit}</text>${grid}${drawn.join('')}
<text x="${width - frame.right}" y="${height - frame.bottom + 14}" text-anchor="end" fill="#57606a">${Math.round(maxX)} s</text>${key}</svg>`
}

function drawGridLine(share: number, label: string): string {
  const y = height - frame.bottom - share * (height - frame.top - frame.bottom)
  return `<line x1="${frame.left}" x2="${width - frame.right}" y1="${y}" y2="${y}" stroke="#d0d7de"/><text x="${frame.left - 6}" y="${y + 4}" text-anchor="end" fill="#57606a">${label}</text>`
}

function drawLine(places: string[], color: string): string {
  const [only] = places
  if (places.length === 1 && only !== undefined) {
    const [x, y] = only.split(',')
    return `<circle cx="${x}" cy="${y}" r="3" fill="${color}"/>`
  }
  return `<polyline points="${places.join(' ')}" fill="none" stroke="${color}" stroke-width="1.5"/>`
}

function drawKey(name: string, index: number): string {
  const x = frame.left + index * 100
  const color = colors[index % colors.length]
  return `<rect x="${x}" y="${height - 16}" width="10" height="10" fill="${color}"/><text x="${x + 14}" y="${height - 7}">${name}</text>`
}

/** The next of 1, 2, 5, 10, 20, …, so that the axis ends at a round number. */
function roundUp(value: number): number {
  const power = 10 ** Math.floor(Math.log10(value))
  return [1, 2, 5, 10].map((step) => step * power).find((bound) => bound >= value) ?? value
}
