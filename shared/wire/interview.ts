// The interview as it crosses the wire: messages, the words of one that is being written, and what people ask of it.

import { z } from 'zod'
import { categoryKeys, type CategoryKey } from '../domain/categories.ts'
import { interviewerRoles } from '../domain/interviewer-roles.ts'
import { limits } from '../limits.ts'
import { cleanText } from '../spec/plain-text.ts'

/** Socratic: the system asks. Direct: a person writes freely and gets an answer. */
export const interviewModes = ['socratic', 'direct'] as const
export type InterviewMode = (typeof interviewModes)[number]

/** `interrupted` has the text it came to; `failed` means that none came. */
export const messageStates = ['queued', 'running', 'finished', 'stopped', 'interrupted', 'failed'] as const
export type MessageState = (typeof messageStates)[number]

const category = z.enum(categoryKeys as [CategoryKey, ...CategoryKey[]])

export const messageSchema = z.object({
  id: z.uuid(),
  role: z.enum(['interviewer', 'person']),
  /** Who wrote it; of the interviewer's, who asked for it. */
  authorId: z.string(),
  /** What it answers. */
  replyTo: z.uuid().nullable(),
  /** What a question is about. */
  category: category.nullable(),
  /** In which role the interviewer asks: `product manager`, `backend` … */
  askedAs: z.string().nullable(),
  /** Why the question matters. */
  why: z.string().nullable(),
  text: z.string(),
  state: z.enum(messageStates),
  /** How many are before it while it is queued; else 0. */
  position: z.int().nonnegative(),
  /** Whether it is a question that waits for its answer. */
  isOpen: z.boolean(),
  suggestions: z.array(z.string()),
  createdAt: z.iso.datetime(),
})
export type InterviewMessage = z.infer<typeof messageSchema>

export const messageListSchema = z.object({
  /** The newest page, oldest first. */
  items: z.array(messageSchema),
  /** What to give as `before` for the page before; null when there is none. */
  nextCursor: z.string().nullable(),
  mode: z.enum(interviewModes),
})

export const listMessagesQuery = z.object({
  /** `nextCursor` of the page after it. */
  before: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).default(limits.pageSize),
})

const requestId = z.string().overwrite(cleanText).min(1).max(100)
const projectId = z.string().max(64)
const messageId = z.uuid()

export const askRequest = z.strictObject({ requestId })
export const sayRequest = z.strictObject({
  text: z.string().overwrite(cleanText).trim().min(1).max(limits.answerChars),
  requestId,
})
export const modeRequest = z.strictObject({ mode: z.enum(interviewModes) })
/** What asking and saying are answered with. */
export const askedSchema = z.object({ messageId, state: z.enum(messageStates), position: z.int().nonnegative() })
export type Asked = z.infer<typeof askedSchema>

export const askEvent = askRequest.extend({ projectId })
export const sayEvent = sayRequest.extend({ projectId })
export const modeEvent = modeRequest.extend({ projectId })
export const messageEvent = z.strictObject({ projectId, messageId })
export const resumeEvent = messageEvent.extend({ offset: z.int().nonnegative() })

/** A message as it is, and its words from the asked offset on; the deltas go on from there. */
export interface Resumed {
  message: InterviewMessage
  text: string
}

/** Words of a message that is being written, at their offset in UTF-16 units; empty ones only keep a quiet line alive. */
export interface MessageDelta {
  projectId: string
  messageId: string
  offset: number
  text: string
}

export const proposalStates = ['open', 'accepted', 'rejected'] as const

/** Words of an answer that become an item when somebody who writes accepts them. */
export const proposalSchema = z.object({
  id: z.uuid(),
  category,
  /** What it is called among the items; null when its words give no key. */
  key: z.string().nullable(),
  text: z.string(),
  source: z.literal('interview'),
  confidence: z.number().min(0).max(1),
  /** The id of the item whose words it would take the place of; accepted, that item says this instead. */
  replaces: z.uuid().nullable(),
  messageId: z.uuid(),
  state: z.enum(proposalStates),
})
export type Proposal = z.infer<typeof proposalSchema>

export const proposalListSchema = z.object({ items: z.array(proposalSchema), nextCursor: z.string().nullable() })
export const listProposalsQuery = z.object({
  cursor: z.coerce.number().int().positive().max(Number.MAX_SAFE_INTEGER).optional(),
  limit: z.coerce.number().int().min(1).max(limits.pageSizeMax).default(limits.pageSize),
})
export const acceptProposalRequest = z.strictObject({
  text: z.string().overwrite(cleanText).trim().min(1).max(limits.itemTextChars).optional(),
  category: category.optional(),
})
export const acceptAllSchema = z.object({ accepted: z.int().nonnegative(), refused: z.int().nonnegative() })

/** What the interview has learned of one person in one project; only they see it. */
export const learningSchema = z.object({
  /** The roles in which they want to be asked. */
  roles: z.array(z.enum(interviewerRoles)),
  /** How many questions of each role they have answered, the most first. */
  answered: z.array(z.object({ askedAs: z.string(), count: z.int().positive() })),
  /** How many questions of each category they have passed over, and whether they are asked about others now. */
  skipped: z.array(z.object({ category, count: z.int().positive(), isAvoided: z.boolean() })),
  /** The words of their usual answer; null while there are too few. Whoever answers in few is asked after less. */
  usualWords: z.int().nonnegative().nullable(),
})
export type Learned = z.infer<typeof learningSchema>
export const learningRequest = z.strictObject({ roles: z.array(z.enum(interviewerRoles)).max(interviewerRoles.length) })
