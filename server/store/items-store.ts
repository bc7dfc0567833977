// The statements of items: what is stored, what changed since a revision, and the one write that gives numbers.

import { createHash } from 'node:crypto'
import type { JSONValue } from 'postgres'
import type { CategoryKey } from '../../shared/domain/categories.ts'
import type { ProjectId, UserId } from '../../shared/ids.ts'
import type { Modality } from '../../shared/spec/statement/modality.ts'
import type { ItemSource } from '../../shared/wire/items.ts'
import type { Database, Sql } from './database.ts'

/** What an item says and where it came from, as it is written. */
export interface ItemContent {
  readonly externalId: string | null
  readonly category: CategoryKey
  readonly key: string
  readonly text: string
  readonly modality: Modality
  readonly source: ItemSource
  readonly confidence: number
  readonly authorId: UserId | null
  readonly messageId: string | null
  readonly status: 'current' | 'superseded'
  readonly supersededBy: string | null
  /** A Yjs relative position; of a superseded item, that which it had. */
  readonly anchor: Uint8Array | null
}

export interface ItemRow extends ItemContent {
  readonly id: string
  readonly number: number
  /** When its words changed last. */
  readonly updatedAt: Date
}

/** The text that the stored items are of. */
export interface AnalysedText {
  readonly stateVector: Uint8Array
  /** UTF-16 units. */
  readonly units: number
}

export interface ItemsHead {
  readonly epoch: number
  /** 0 before the first write. */
  readonly revision: number
  /** Null when nothing was analysed, or not to its end. */
  readonly analysed: AnalysedText | null
}

/** A write made from what was stored at `revision`. */
export interface ItemsWrite {
  readonly projectId: ProjectId
  readonly epoch: number
  readonly revision: number
  /** Given numbers in this order. */
  readonly added: readonly (ItemContent & { readonly id: string })[]
  readonly changed: readonly (ItemContent & { readonly id: string })[]
  /** Null when more is to come. */
  readonly analysed: AnalysedText | null
}

/** What a write gave: numbers of the added in their order, and when it happened. */
export interface ItemsWritten {
  readonly revision: number
  readonly firstNumber: number
  readonly at: Date
}

export interface ListItemsQuery {
  readonly projectId: ProjectId
  readonly category: CategoryKey | null
  readonly status: 'current' | 'superseded' | null
  /** Part of its text or external id, or its number. */
  readonly contains: string
  readonly number: number | null
  /** Only those with a higher number. */
  readonly after: number
  readonly limit: number
}

/**
 * INVARIANTS: a number is given once and to one id; a write made from another revision than the stored one, or in another epoch than
 * the project's, changes nothing. Every method is one statement. Errors of all: store_unavailable, overloaded.
 */
export interface ItemsStore {
  head(projectId: ProjectId): Promise<ItemsHead>
  /** The head with the rows written after `revision`. */
  since(projectId: ProjectId, revision: number): Promise<{ head: ItemsHead; rows: ItemRow[] }>
  /** Current items by number, so many behind `after`. */
  currentPage(projectId: ProjectId, after: number, limit: number): Promise<ItemRow[]>
  /** Null, having changed nothing, when somebody else was first or the epoch is another. */
  write(write: ItemsWrite): Promise<ItemsWritten | null>
  /** Notes which text the items of a revision are of, where no item changed; that is no new revision. */
  noteAnalysed(projectId: ProjectId, revision: number, analysed: AnalysedText): Promise<void>
  /** Superseded items with one of these texts or anchors, the last superseded first. */
  superseded(projectId: ProjectId, had: { texts: readonly string[]; anchors: readonly Uint8Array[] }): Promise<ItemRow[]>
  /** By number, ascending. */
  list(query: ListItemsQuery): Promise<ItemRow[]>
  find(projectId: ProjectId, by: { id: string } | { number: number }): Promise<ItemRow | null>
}

/** The element type of an array of `bytea`; postgres.js would take the array itself for one value. */
const byteaOid = 17

interface HeadRow {
  epoch: number
  headRevision: string
  stateVector: Uint8Array | null
  textUnits: number | null
}

type SinceRow = HeadRow & { [Key in keyof ItemRow]: ItemRow[Key] | null }

/** The store over a database. */
export function createItemsStore(database: Database): ItemsStore {
  return {
    async head(projectId) {
      const rows = await database.query<HeadRow>(
        'items.head',
        (sql) => sql`
          select epoch, revision as "headRevision", state_vector as "stateVector", text_units as "textUnits"
          from item_heads
          where project_id = ${projectId}`,
      )
      return toHead(rows[0])
    },

    async since(projectId, revision) {
      const rows = await database.query<SinceRow>(
        'items.since',
        (sql) => sql<SinceRow[]>`
          select heads.epoch, heads.revision as "headRevision", heads.state_vector as "stateVector", heads.text_units as "textUnits",
            ${itemColumns(sql)}
          from item_heads heads
          left join items on items.project_id = heads.project_id
            and items.revision > ${revision}
          where heads.project_id = ${projectId}`,
      )
      return { head: toHead(rows[0]), rows: rows.filter(isItemRow).map(toItemRow) }
    },

    async currentPage(projectId, after, limit) {
      const rows = await database.query<ItemRow>(
        'items.current_page',
        (sql) => sql<ItemRow[]>`
          select ${itemColumns(sql)}
          from items
          where project_id = ${projectId} and status = 'current' and number > ${after}
          order by number
          limit ${limit}`,
      )
      return rows.map(toItemRow)
    },

    write: (write) => writeItems(database, write),

    async noteAnalysed(projectId, revision, { stateVector, units }) {
      await database.query(
        'items.note_analysed',
        (sql) => sql`
          update item_heads
          set state_vector = ${asBuffer(stateVector)}, text_units = ${units}
          where project_id = ${projectId} and revision = ${revision}`,
      )
    },

    async superseded(projectId, { texts, anchors }) {
      const hashes = texts.map((text) => createHash('md5').update(text).digest('hex'))
      const rows = await database.query<ItemRow>(
        'items.superseded',
        (sql) => sql<ItemRow[]>`
          select ${itemColumns(sql)}
          from items
          where project_id = ${projectId} and status = 'superseded'
            and (md5(text) = any(${hashes}::text[]) or anchor = any(${sql.array(anchors.map(asBuffer), byteaOid)}))
          order by revision desc, number`,
      )
      return rows.map(toItemRow)
    },

    list: (query) => listItems(database, query),

    async find(projectId, by) {
      const rows = await database.query<ItemRow>(
        'items.find',
        (sql) => sql<ItemRow[]>`
          select ${itemColumns(sql)}
          from items
          where project_id = ${projectId} and ${'id' in by ? sql`id = ${by.id}` : sql`number = ${by.number}`}`,
      )
      return rows[0] ? toItemRow(rows[0]) : null
    },
  }
}

async function writeItems(
  database: Database,
  { projectId, epoch, revision, added, changed, analysed }: ItemsWrite,
): Promise<ItemsWritten | null> {
  const rows = [...added.map((item, nth) => toGiven(item, nth + 1)), ...changed.map((item) => toGiven(item, null))]
  const written = await database.query<{ revision: string; lastNumber: number; at: Date }>(
    'items.write',
    (sql) => sql`
          with given as (
            select * from jsonb_to_recordset(${sql.json(rows)}) as rows (
              nth integer, id uuid, status text, superseded_by uuid, external_id text, category text, key text, text text, modality text,
              source text, confidence double precision, author_id text, message_id text, anchor text)
          ), head as (
            insert into item_heads as heads (project_id, epoch, revision, last_number, state_vector, text_units)
            select id, epoch, 1, ${added.length}::integer, ${analysed && asBuffer(analysed.stateVector)}::bytea, ${analysed && analysed.units}::integer
            from projects
            where id = ${projectId} and epoch = ${epoch}
            on conflict (project_id) do update
            set epoch = excluded.epoch, revision = heads.revision + 1, last_number = heads.last_number + excluded.last_number,
              state_vector = excluded.state_vector, text_units = excluded.text_units
            where heads.revision = ${revision}
            returning project_id, revision, last_number
          ), added as (
            insert into items (
              id, project_id, number, revision, status, superseded_by, external_id, category, key, text, modality,
              source, confidence, author_id, message_id, anchor)
            select given.id, head.project_id, head.last_number - ${added.length}::integer + given.nth, head.revision, given.status,
              given.superseded_by, given.external_id, given.category, given.key, given.text, given.modality,
              given.source, given.confidence, given.author_id, given.message_id, decode(given.anchor, 'base64')
            from given
            cross join head
            where given.nth is not null
          ), changed as (
            update items
            set revision = head.revision, status = given.status, superseded_by = given.superseded_by, external_id = given.external_id,
              category = given.category, key = given.key, text = given.text, modality = given.modality, source = given.source,
              confidence = given.confidence, author_id = given.author_id, message_id = given.message_id,
              anchor = decode(given.anchor, 'base64'),
              updated_at = case when items.text = given.text then items.updated_at else now() end
            from given
            cross join head
            where given.nth is null and items.id = given.id and items.project_id = head.project_id
          )
          select revision, last_number as "lastNumber", now()::timestamptz(3) as at from head`,
  )
  const [row] = written
  return row ? { revision: Number(row.revision), firstNumber: row.lastNumber - added.length + 1, at: row.at } : null
}

async function listItems(
  database: Database,
  { projectId, category, status, contains, number, after, limit }: ListItemsQuery,
): Promise<ItemRow[]> {
  const rows = await database.query<ItemRow>(
    'items.list',
    (sql) => sql<ItemRow[]>`
      select ${itemColumns(sql)}
      from items
      where project_id = ${projectId} and number > ${after}
        ${category === null ? sql`` : sql`and category = ${category}`}
        ${status === null ? sql`` : sql`and status = ${status}`}
        ${
          contains === ''
            ? sql``
            : sql`and (
                position(lower(${contains}) in lower(text)) > 0
                or position(lower(${contains}) in lower(coalesce(external_id, ''))) > 0
                or number = ${number}::integer
              )`
        }
      order by number
      limit ${limit}`,
  )
  return rows.map(toItemRow)
}

/** An item's columns under the names of its fields; `items` may be joined with what has none of these names but its project and revision. */
function itemColumns(sql: Sql) {
  return sql`
    items.id, items.number, items.external_id as "externalId", items.category, items.key, items.text, items.modality, items.source,
    items.confidence, items.author_id as "authorId", items.message_id as "messageId", items.status,
    items.superseded_by as "supersededBy", items.anchor, items.updated_at as "updatedAt"`
}

function toHead(row: HeadRow | undefined): ItemsHead {
  if (row === undefined) return { epoch: 0, revision: 0, analysed: null }
  const { epoch, headRevision, stateVector, textUnits } = row
  const analysed = stateVector === null || textUnits === null ? null : { stateVector, units: textUnits }
  return { epoch, revision: Number(headRevision), analysed }
}

function isItemRow(row: SinceRow): row is SinceRow & ItemRow {
  return row.id !== null
}

/** Only the fields of an item. */
function toItemRow(row: ItemRow): ItemRow {
  const { id, number, externalId, category, key, text, modality, source, confidence, authorId, messageId, status, supersededBy } = row
  return {
    id,
    number,
    externalId,
    category,
    key,
    text,
    modality,
    source,
    confidence,
    authorId,
    messageId,
    status,
    supersededBy,
    anchor: row.anchor,
    updatedAt: row.updatedAt,
  }
}

function toGiven(item: ItemContent & { readonly id: string }, nth: number | null): Record<string, JSONValue> {
  return {
    nth,
    id: item.id,
    status: item.status,
    superseded_by: item.supersededBy,
    external_id: item.externalId,
    category: item.category,
    key: item.key,
    text: item.text,
    modality: item.modality,
    source: item.source,
    confidence: item.confidence,
    author_id: item.authorId,
    message_id: item.messageId,
    anchor: item.anchor && asBuffer(item.anchor).toString('base64'),
  }
}

/** A view as the Buffer that postgres.js sends as bytea; nothing is copied. */
function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}
