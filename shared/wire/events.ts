// Every Socket.IO event of namespace `/`, in both directions, with the shape of what each carries.

import { z } from 'zod'
import type { ErrorBody, RefusalBody } from '../errors.ts'
import type { Role } from '../domain/roles.ts'
import type { AppEvent } from './app-events.ts'
import type { Conflict, ConflictEvent, ResolveConflictEvent } from './conflicts.ts'
import type { ItemOverlapEvent, ItemsEvent } from './items.ts'
import type { Quality } from './quality.ts'
import type {
  Asked,
  askEvent,
  InterviewMessage,
  InterviewMode,
  MessageDelta,
  messageEvent,
  modeEvent,
  Proposal,
  Resumed,
  resumeEvent,
  sayEvent,
} from './interview.ts'
import type { Version } from './versions.ts'

/** What `project:join` takes. */
export const joinRequest = z.strictObject({
  projectId: z.string().max(64),
  /** The epoch of the copy the client holds; a mismatch is refused before anything merges. */
  epoch: z.int().positive().optional(),
  /** The last app event the client has seen. */
  sinceEventId: z.int().nonnegative().optional(),
  /** Whether the client puts chunked messages together. */
  chunks: z.boolean().optional(),
})
export type JoinRequest = z.infer<typeof joinRequest>

export const leaveRequest = z.strictObject({ projectId: z.string().max(64) })
export type LeaveRequest = z.infer<typeof leaveRequest>

/** A person who has the document open, on any node, through any door. */
export interface PresentPerson {
  userId: string
  name: string
  color: string
  role: Role
  connections: number
}

export interface MemberSummary {
  userId: string
  name: string
  color: string
  role: Role
}

export interface JoinResult {
  role: Role
  epoch: number
  members: MemberSummary[]
  present: PresentPerson[]
  /** The number of the last app event; those after it come by themselves, and perhaps some up to it once more. */
  eventId: number
  /** The events after `sinceEventId`, in order; null without it, or when they are too old or too many: then they are fetched over HTTP. */
  missed: AppEvent[] | null
}

export const restoreVersionRequest = z.strictObject({ projectId: z.string().max(64), versionId: z.string().max(64) })
export type RestoreVersionRequest = z.infer<typeof restoreVersionRequest>

/** The edit itself comes as an own edit of the document's conversation. */
export interface RestoreResult {
  version: Version
  /** The version that holds the text as it was before. */
  before: Version
}

/** Every client event is answered with one of these. */
export type Ack<T extends object = object> = ({ ok: true } & T) | { ok: false; error: RefusalBody; epoch?: number }

/** One y-websocket-framed message; a browser's `Uint8Array` arrives as a Buffer. */
export type YjsEvent = (projectId: string, bytes: Uint8Array, epoch: number | undefined, ack?: (answer: Ack) => void) => void

/** Events that ask for one thing and are answered with its result. */
export interface AskedEvents {
  'interview:ask': { request: z.input<typeof askEvent>; result: Asked }
  'interview:say': { request: z.input<typeof sayEvent>; result: Asked }
  'interview:stop': { request: z.input<typeof messageEvent>; result: { message: InterviewMessage } }
  'interview:skip': { request: z.input<typeof messageEvent>; result: { message: InterviewMessage } }
  'interview:mode': { request: z.input<typeof modeEvent>; result: { mode: InterviewMode } }
  'interview:resume': { request: z.input<typeof resumeEvent>; result: Resumed }
  'version:restore': { request: RestoreVersionRequest; result: RestoreResult }
  'conflict:resolve': { request: ResolveConflictEvent; result: { conflict: Conflict } }
}

type AskedHandlers = {
  [Name in keyof AskedEvents]: (request: AskedEvents[Name]['request'], ack: (answer: Ack<AskedEvents[Name]['result']>) => void) => void
}

export interface ClientEvents extends AskedHandlers {
  'project:join': (request: JoinRequest, ack: (answer: Ack<JoinResult>) => void) => void
  'project:leave': (request: LeaveRequest, ack: (answer: Ack) => void) => void
  yjs: YjsEvent
}

/** A new one is one line here. Those whose object has an `eventId` reach features by `provider.events`, in order and none twice. */
export interface ServerEvents {
  yjs: (projectId: string, bytes: Uint8Array) => void
  presence: (event: { projectId: string; present: PresentPerson[] }) => void
  epoch: (event: { projectId: string; epoch: number }) => void
  access: (event: { projectId: string; role: Role | null; reason: string }) => void
  items: (event: ItemsEvent) => void
  'item:overlap': (event: ItemOverlapEvent) => void
  quality: (event: Quality & { projectId: string; eventId: number }) => void
  'conflict:opened': (event: ConflictEvent) => void
  'conflict:updated': (event: ConflictEvent) => void
  'conflict:closed': (event: ConflictEvent) => void
  proposal: (event: { projectId: string; eventId: number; proposal: Proposal }) => void
  'message:started': (event: { projectId: string; eventId: number; message: InterviewMessage }) => void
  /** Never an event with a number: what is missing is asked for by `interview:resume`. */
  'message:delta': (event: MessageDelta) => void
  'message:finished': (event: { projectId: string; eventId: number; message: InterviewMessage }) => void
  'message:failed': (event: { projectId: string; eventId: number; messageId: string; error: ErrorBody }) => void
  interview: (event: { projectId: string; eventId: number; mode: InterviewMode }) => void
  'server:draining': (event: { reconnectInMs: number }) => void
}

/** What the server events with a number carry, by name. */
export type NumberedEvents = {
  [Name in keyof ServerEvents as Parameters<ServerEvents[Name]>[0] extends { eventId: number } ? Name : never]: Parameters<
    ServerEvents[Name]
  >[0]
}
