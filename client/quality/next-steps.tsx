// What the chosen way on asks one to do, step by step.

import { Link } from 'wouter'
import { categoryName } from '../../shared/domain/categories.ts'
import type { Quality, QualityPaths } from '../../shared/wire/quality.ts'
import { useOpenProject } from '../session/open-project.ts'
import { counted, phaseNames } from './words.ts'

type Path = QualityPaths['paths'][number]

interface NextStepsProps {
  path: Path
  goal: 'advance' | 'generate' | 'skip'
  to: QualityPaths['to']
  quality: Quality
}

/** In the order of doing. */
export function NextSteps({ path, goal, to, quality }: NextStepsProps) {
  const { project } = useOpenProject()
  const steps = [...fillings(path, quality), ...decisions(path), lastStep(path, goal, to)]
  return (
    <div className="rounded-lg bg-bg-side p-4">
      <h3 className="mb-1.5 text-sm font-medium">On this way</h3>
      <ol className="list-decimal pl-5">
        {steps.map((step) => (
          <li key={step}>{step}</li>
        ))}
      </ol>
      {path.effort > 0 && (
        <Link to={`/p/${project.id}`} className="mt-2 inline-block text-accent underline-offset-2 hover:underline">
          Open the spec
        </Link>
      )}
    </div>
  )
}

function fillings({ effortParts }: Path, { categories }: Quality): string[] {
  return effortParts.flatMap(({ category }) => {
    const found = categories.find(({ key }) => key === category)
    if (!found) return []
    const missing = Math.max(1, Math.ceil(found.target - found.score))
    return [`${categoryName(found.key)}: add or confirm ${counted(missing, 'clear item')}`]
  })
}

function decisions({ effortParts }: Path): string[] {
  const conflicts = effortParts.filter(({ kind }) => kind === 'conflict').length
  return conflicts === 0 ? [] : [`Decide ${counted(conflicts, 'open conflict')}`]
}

function lastStep({ needsOverride, effort }: Path, goal: NextStepsProps['goal'], to: NextStepsProps['to']): string {
  if (goal === 'skip') return 'Leave the category as it is then'
  if (to === null) return goal === 'generate' ? 'Generate' : 'Go on'
  const on = goal === 'generate' ? 'generate' : `go on to ${phaseNames[to]}`
  return needsOverride
    ? `An owner passes the closed gate with a written reason; then ${on}`
    : `${effort > 0 ? 'The gate opens' : 'The gate is open'}: ${on}`
}
