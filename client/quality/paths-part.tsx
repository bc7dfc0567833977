// The ways on, side by side: what each costs now and will probably cost later, on one scale.

import { useState } from 'react'
import { categoryName } from '../../shared/domain/categories.ts'
import { scoredCategories, type ScoredCategory } from '../../shared/domain/quality-tables.ts'
import type { PathKind } from '../../shared/domain/paths.ts'
import { nextPhase } from '../../shared/domain/phases.ts'
import type { PathsGoal, Quality, QualityPaths } from '../../shared/wire/quality.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { Segmented } from '../ui/segmented.tsx'
import { NextSteps } from './next-steps.tsx'
import { PathCard } from './path-card.tsx'
import { usePaths } from './quality-data.ts'
import { phaseNames } from './words.ts'

type GoalKind = 'advance' | 'generate' | 'skip'

const goals = [
  { value: 'advance', label: 'Next phase' },
  { value: 'generate', label: 'Generate' },
  { value: 'skip', label: 'Skip a category' },
] as const satisfies readonly { value: GoalKind; label: string }[]

/** Compares the ways to the goal that is chosen; what is recommended is chosen until somebody chooses otherwise. */
export function PathsPart({ quality }: { quality: Quality }) {
  const { project } = useOpenProject()
  const isLastPhase = nextPhase(quality.phase) === null
  const [wanted, setWanted] = useState<GoalKind>('advance')
  // Somebody may reach the last phase while this is open: there is none to go on to.
  const kind = isLastPhase && wanted === 'advance' ? 'generate' : wanted
  const [skipped, setSkipped] = useState<ScoredCategory>(() => leastOf(quality))
  const goal: PathsGoal = kind === 'skip' ? `skip:${skipped}` : kind
  const paths = usePaths(project.id, goal, quality.revision)
  return (
    <div className="grid gap-4">
      <div className="flex flex-wrap items-center gap-x-6 gap-y-2">
        <Segmented
          label="What next?"
          value={kind}
          choices={goals.filter(({ value }) => value !== 'advance' || !isLastPhase)}
          onChange={setWanted}
        />
        {kind === 'skip' && (
          <label className="flex items-center gap-2 text-sm">
            Category
            <select
              value={skipped}
              onChange={(event) => setSkipped(event.target.value as ScoredCategory)}
              className="h-8 rounded-md border border-line-strong bg-raised px-2"
            >
              {scoredCategories.map((key) => (
                <option key={key} value={key}>
                  {categoryName(key)}
                </option>
              ))}
            </select>
          </label>
        )}
      </div>
      {paths.data ? (
        <Compared key={goal} paths={paths.data} goal={kind} quality={quality} />
      ) : paths.error ? (
        <div role="alert" className="grid justify-items-start gap-3">
          <p>The ways on could not be compared. {paths.error.message}</p>
          <Button onClick={() => void paths.refetch()}>Try again</Button>
        </div>
      ) : (
        <Delayed>
          <SkeletonLine className="w-full" />
        </Delayed>
      )}
    </div>
  )
}

interface ComparedProps {
  paths: QualityPaths
  goal: GoalKind
  quality: Quality
}

function Compared({ paths: { paths, recommended, reason, to }, goal, quality }: ComparedProps) {
  const [own, setOwn] = useState<PathKind | null>(null)
  const chosen = paths.find(({ kind }) => kind === own) ?? paths.find(({ kind }) => kind === recommended)
  const most = Math.max(1, ...paths.map(({ expectedTotal }) => expectedTotal))
  return (
    <>
      <p className="text-muted">
        {to !== null && goal !== 'skip' && `To ${phaseNames[to]}. `}
        {reason}
      </p>
      <div role="radiogroup" aria-label="Ways on" className="grid gap-3 sm:grid-cols-2 xl:grid-cols-4">
        {paths.map((path) => (
          <PathCard
            key={path.kind}
            path={path}
            goal={goal}
            hasGate={goal !== 'skip' && to !== null}
            most={most}
            isRecommended={path.kind === recommended}
            isChosen={path === chosen}
            onChoose={() => setOwn(path.kind)}
          />
        ))}
      </div>
      {chosen && <NextSteps path={chosen} goal={goal} to={to} quality={quality} />}
    </>
  )
}

/** The category of which the least is there. */
function leastOf({ categories }: Quality): ScoredCategory {
  return categories.reduce((least, category) => (category.percent < least.percent ? category : least)).key
}
