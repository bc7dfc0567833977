// `/p/:id/quality`: how good the spec is, as a picture first; the gate ahead, the ways on, what was noticed, who did what.

import SlidersHorizontal from 'lucide-react/icons/sliders-horizontal'
import { lazy, useState, type ReactNode } from 'react'
import { nextPhase } from '../../shared/domain/phases.ts'
import { may } from '../../shared/domain/roles.ts'
import type { ScoredCategory } from '../../shared/domain/quality-tables.ts'
import type { Quality, QualityReport } from '../../shared/wire/quality.ts'
import { useOpenProject } from '../session/open-project.ts'
import { Button } from '../ui/button.tsx'
import { Delayed, SkeletonLine } from '../ui/delayed.tsx'
import { Part } from '../ui/part.tsx'
import { ActivityFeed } from './activity-feed.tsx'
import { CategoryTable } from './category-table.tsx'
import { CoverageWheel } from './coverage-wheel.tsx'
import { GateCard } from './gate-card.tsx'
import { LiftList } from './lift-list.tsx'
import { NoticeList } from './notice-list.tsx'
import { PathsPart } from './paths-part.tsx'
import { PhaseHistory } from './phase-history.tsx'
import { PhaseTrack } from './phase-track.tsx'
import { useLiveQuality } from './quality-data.ts'
import { counted, phaseNames } from './words.ts'

const FiguresDialog = lazy(async () => ({ default: (await import('./figures-dialog.tsx')).FiguresDialog }))

/** The view; it follows the text of everyone as it changes. */
export function QualityPage() {
  const quality = useLiveQuality()
  return (
    <div className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-6xl gap-6 px-4 py-6 min-[900px]:px-8">
        <h1 className="sr-only">Quality</h1>
        {quality.data ? (
          <Report report={quality.data} />
        ) : quality.error ? (
          <div role="alert" className="grid justify-items-start gap-3">
            <p>The quality could not be read; the text is as it was. {quality.error.message}</p>
            <Button onClick={() => void quality.refetch()}>Try again</Button>
          </div>
        ) : (
          <Loading />
        )}
      </div>
    </div>
  )
}

function Report({ report }: { report: QualityReport }) {
  const { role } = useOpenProject()
  // Long ones stand under both columns, so that neither leaves a void beside them.
  const hasNotices = report.notices.length > 0
  const notices = (
    <Section title="Worth a look">
      <NoticeList notices={report.notices} />
    </Section>
  )
  return (
    <>
      <PhaseTrack phase={report.phase} gates={report.gates} />
      {report.items.total === 0 && (
        <p className="rounded-lg border border-line bg-bg-side p-4 text-muted">
          There is nothing to measure yet. Each list item under a heading such as Goals, Requirements or Security counts: write the first.
        </p>
      )}
      <div className="grid gap-6 min-[900px]:grid-cols-[3fr_2fr]">
        <Coverage report={report} />
        <div className="grid content-start gap-6">
          <Section title={gateTitle(report)}>
            <GateCard quality={report} />
          </Section>
          <Section title="What lifts it most">
            <LiftList lifts={report.lifts} />
          </Section>
          {!hasNotices && notices}
        </div>
      </div>
      {hasNotices && notices}
      <Section title="The ways on, compared" action={may(role, 'administer') && <AdjustFigures />}>
        <PathsPart quality={report} />
      </Section>
      <div className={`grid gap-6 ${report.phaseChanges.length > 0 ? 'min-[900px]:grid-cols-2' : ''}`}>
        {report.phaseChanges.length > 0 && (
          <Section title="How it came to this phase">
            <PhaseHistory changes={report.phaseChanges} />
          </Section>
        )}
        <Section title="Activity">
          <ActivityFeed revision={report.revision} />
        </Section>
      </div>
    </>
  )
}

function gateTitle({ phase }: Quality): string {
  const to = nextPhase(phase)
  return to === null ? 'The last phase' : `The gate to ${phaseNames[to]}`
}

function Coverage({ report }: { report: Quality }) {
  const [active, setActive] = useState<ScoredCategory | null>(null)
  const { maturity, categories, items, phase, gates } = report
  const ahead = gates.find((gate) => gate.phase === nextPhase(phase))
  const needed = new Map(ahead?.conditions.flatMap(({ category, needed: percent }) => (category === null ? [] : [[category, percent]])))
  return (
    <Section title="Coverage">
      <div className="grid justify-items-center gap-4">
        <CoverageWheel maturity={maturity} categories={categories} needed={needed} active={active} onActive={setActive} />
        <p className="text-sm text-muted">
          <span className="sr-only">Maturity {Math.floor(maturity)} %. </span>
          {counted(items.total, 'item')}
          {items.vague > 0 && ` · ${items.vague} vague, which count half`}
          {items.copies > 0 && ` · ${items.copies} that repeat others, which count nothing`}
          {items.unconfirmed > 0 && ` · ${items.unconfirmed} to confirm`}
        </p>
        <CategoryTable categories={categories} active={active} onActive={setActive} />
      </div>
    </Section>
  )
}

function AdjustFigures() {
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button look="quiet" onClick={() => setOpen(true)}>
        <SlidersHorizontal size={14} aria-hidden />
        Adjust figures…
      </Button>
      {isOpen && (
        <Part>
          <FiguresDialog onClose={() => setOpen(false)} />
        </Part>
      )}
    </>
  )
}

interface SectionProps {
  title: string
  /** Beside the title. */
  action?: ReactNode
  children: ReactNode
}

function Section({ title, action, children }: SectionProps) {
  return (
    <section aria-label={title} className="min-w-0 rounded-lg border border-line bg-bg p-4 min-[900px]:p-5">
      <div className="mb-3 flex items-center justify-between gap-3">
        <h2 className="font-semibold">{title}</h2>
        {action}
      </div>
      {children}
    </section>
  )
}

function Loading() {
  return (
    <Delayed>
      <div role="status" aria-busy="true" aria-label="Loading the quality" className="grid gap-6">
        <SkeletonLine className="w-full" />
        <div className="mx-auto size-56 animate-pulse rounded-full bg-hover" />
        <SkeletonLine className="w-4/5" />
        <SkeletonLine className="w-3/5" />
      </div>
    </Delayed>
  )
}
