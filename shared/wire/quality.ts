// Quality as it crosses the wire: maturity, gates, what lifts it, notices, ways on, phases, and the tables a project adjusts.

import { z } from 'zod'
import { categoryKeys, type CategoryKey } from '../domain/categories.ts'
import { pathKinds, riskLevels } from '../domain/paths.ts'
import { gatedPhases, phases } from '../domain/phases.ts'
import { gapLevels, scoredCategories, type ScoredCategory } from '../domain/quality-tables.ts'
import { noticeKinds } from '../domain/watch.ts'
import { limits } from '../limits.ts'
import { cleanText } from '../spec/plain-text.ts'

const percent = z.number().min(0).max(100)
const category = z.enum(categoryKeys as [CategoryKey, ...CategoryKey[]])
const scoredCategory = z.enum(scoredCategories as [ScoredCategory, ...ScoredCategory[]])

export const qualityCategorySchema = z.object({
  key: scoredCategory,
  /** 0 to `target`: the confidence of the best items summed, vague ones at half, copies at nothing. */
  score: z.number().nonnegative(),
  /** What gates and gaps compare. */
  percent,
  target: z.int().positive(),
  /** The items in it, copies too. */
  items: z.int().nonnegative(),
  gap: z.enum(gapLevels),
})

export type QualityCategory = z.infer<typeof qualityCategorySchema>

export const gateConditionSchema = z.object({
  kind: z.enum(['maturity', 'category', 'conflicts']),
  /** The gate that asks for it. */
  gate: z.enum(gatedPhases),
  category: scoredCategory.nullable(),
  /** In percent, or a number of conflicts. */
  needed: z.number(),
  actual: z.number(),
  isMet: z.boolean(),
  /** What it asks for, as a sentence. */
  says: z.string(),
  /** What would meet it; empty when it is met. */
  how: z.string(),
})

export const gateSchema = z.object({ phase: z.enum(gatedPhases), isGreen: z.boolean(), conditions: z.array(gateConditionSchema) })

const namedItem = z.object({ id: z.string(), ref: z.string() })

export const liftSchema = z.object({
  /** Items to add, vague ones to clarify, or unsure ones to confirm. */
  kind: z.enum(['add', 'clarify', 'confirm']),
  category: scoredCategory,
  count: z.int().positive(),
  /** The points of maturity it is worth. */
  gain: z.number().nonnegative(),
  /** The items to clarify or confirm, the first of many. */
  items: z.array(namedItem),
})

export const noticeSchema = z.object({
  /** What to dismiss it by. */
  id: z.string(),
  kind: z.enum(noticeKinds),
  says: z.string(),
  advice: z.string(),
  category: category.nullable(),
  /** The evidence: the first of the items and conflicts it rests on, and how many there are. */
  items: z.array(namedItem),
  conflictIds: z.array(z.string()),
  evidenceCount: z.int().nonnegative(),
})
export type QualityNotice = z.infer<typeof noticeSchema>

export const phaseChangeSchema = z.object({
  from: z.enum(phases),
  to: z.enum(phases),
  at: z.iso.datetime(),
  byId: z.string(),
  /** Null when the account is gone. */
  byName: z.string().nullable(),
  /** Why an owner passed a closed gate, and what it lacked then; null when it was open. */
  override: z.object({ reason: z.string(), unmet: z.array(z.string()) }).nullable(),
})

export type PhaseChange = z.infer<typeof phaseChangeSchema>

/** The body of the app event `quality`; the answer of `GET …/quality` besides `phaseChanges`. */
export const qualitySchema = z.object({
  /** Grows with every change: of two reports the one with the larger is newer. */
  revision: z.int().nonnegative(),
  phase: z.enum(phases),
  maturity: percent,
  categories: z.array(qualityCategorySchema),
  gates: z.array(gateSchema),
  /** The most effective first. */
  lifts: z.array(liftSchema),
  /** Those that are not dismissed. */
  notices: z.array(noticeSchema),
  /** Redundancies are not counted. */
  openConflicts: z.int().nonnegative(),
  items: z.object({ total: z.int(), vague: z.int(), copies: z.int(), unconfirmed: z.int() }),
})
export type Quality = z.infer<typeof qualitySchema>

export const qualityReportSchema = qualitySchema.extend({
  /** The latest twenty, newest first. */
  phaseChanges: z.array(phaseChangeSchema),
})
export type QualityReport = z.infer<typeof qualityReportSchema>

const pathPartSchema = z.object({
  kind: z.enum(['gap', 'conflict', 'distance']),
  category: scoredCategory.nullable(),
  gap: z.enum(gapLevels).nullable(),
  conflictId: z.string().nullable(),
  /** Points of effort, or a share of 1. */
  amount: z.number().nonnegative(),
})

export const pathSchema = z.object({
  /** As it is, critical gaps first, as much as the gate asks for first, or everything first. */
  kind: z.enum(pathKinds),
  effort: z.number().nonnegative(),
  effortParts: z.array(pathPartSchema),
  probability: z.number().min(0).max(1),
  probabilityParts: z.array(pathPartSchema),
  reworkCost: z.number().nonnegative(),
  expectedTotal: z.number().nonnegative(),
  risk: z.enum(riskLevels),
  /** Whether the gate would still be closed, so that only an owner's override leads on. */
  needsOverride: z.boolean(),
})

export const pathsSchema = z.object({
  goal: z.string(),
  /** The phase it leads to; null when there is no gate ahead. */
  to: z.enum(gatedPhases).nullable(),
  paths: z.array(pathSchema),
  /** The path with the cheapest expected total. */
  recommended: z.enum(pathKinds),
  reason: z.string(),
})
export type QualityPaths = z.infer<typeof pathsSchema>

/** `advance`, `generate`, or `skip:` with the key of a category. */
export const pathsQuery = z.object({
  goal: z.union([z.enum(['advance', 'generate']), z.templateLiteral(['skip:', scoredCategory])]).default('advance'),
})
export type PathsGoal = z.infer<typeof pathsQuery>['goal']

export const changePhaseRequest = z.strictObject({
  to: z.enum(phases),
  /** For an owner: passes a closed gate; the reason is kept and shown. */
  override: z
    .strictObject({
      reason: z
        .string()
        .overwrite((text) => cleanText(text).replace(/\s+/g, ' '))
        .trim()
        .min(1)
        .max(limits.overrideReasonChars),
    })
    .optional(),
})

const target = z.int().min(1).max(500)
const points = z.number().min(0).max(1_000_000)
const share = z.number().min(0).max(1)
const some = z.int().min(1).max(1_000)

const gateTable = z
  .strictObject({
    maturity: percent,
    /** Null asks nothing of that category any more. */
    categories: z.partialRecord(scoredCategory, percent.nullable()),
    /** Null does not ask. */
    openConflicts: z.int().min(0).max(1_000).nullable(),
    earlierGates: z.boolean(),
  })
  .partial()

/** What a project says otherwise than the defaults. */
export const ownTablesSchema = z
  .strictObject({
    targets: z.partialRecord(scoredCategory, target),
    gates: z.partialRecord(z.enum(gatedPhases), gateTable),
    paths: z
      .strictObject({
        fillPoints: z.strictObject({ low: points, medium: points, high: points, critical: points }).partial(),
        resolvePoints: points,
        reworkPoints: z.partialRecord(z.enum(phases), points),
        probabilityPerCriticalGap: share,
        probabilityPerConflict: share,
        probabilityPerDistance: share,
        probabilityMax: share,
      })
      .partial(),
    watch: z
      .strictObject({
        tunnelItems: some,
        tunnelShare: share,
        tunnelCriticalGaps: some,
        creepItems: some,
        creepShare: share,
        creepPerGoal: some,
        volatileChanges: some,
        volatileDays: z.int().min(1).max(90),
        openConflicts: some,
      })
      .partial(),
  })
  .partial()
export type OwnTables = z.infer<typeof ownTablesSchema>

/** What `PATCH` changes; `reset: true` goes back to the defaults first. */
export const changeTablesRequest = ownTablesSchema
  .extend({ reset: z.literal(true).optional() })
  .refine((change) => Object.keys(change).length > 0, { message: 'name at least one thing to change' })
export type ChangeTablesRequest = z.infer<typeof changeTablesRequest>

/** The tables as they hold: the project's own over the defaults. */
export const tablesSchema = z.object({
  targets: z.record(scoredCategory, target),
  gates: z.record(z.enum(gatedPhases), gateTable.required().extend({ categories: z.partialRecord(scoredCategory, percent) })),
  paths: z.object({
    fillPoints: z.object({ low: points, medium: points, high: points, critical: points }),
    resolvePoints: points,
    reworkPoints: z.record(z.enum(phases), points),
    probabilityPerCriticalGap: share,
    probabilityPerConflict: share,
    probabilityPerDistance: share,
    probabilityMax: share,
  }),
  watch: z.record(z.string(), z.number()),
})

export const tablesAnswerSchema = z.object({ tables: tablesSchema, own: ownTablesSchema })
export type TablesAnswer = z.infer<typeof tablesAnswerSchema>
