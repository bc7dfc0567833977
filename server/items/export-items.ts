// The items of a spec as files for other programs: JSON with all that is known, CSV for a spreadsheet.

import { stringify } from 'csv-stringify/sync'
import { categoryName } from '../../shared/domain/categories.ts'
import type { Item } from '../../shared/wire/items.ts'

/** One object: the project's name, the text, and its items in the order of the text. */
export function itemsAsJson(project: string, markdown: string, items: readonly Item[]): string {
  return `${JSON.stringify({ project, markdown, items }, null, 2)}\n`
}

/** RFC 4180 with a header and a byte-order mark, by which spreadsheets know UTF-8. A cell that would be a formula there is kept from being one. */
export function itemsAsCsv(items: readonly Item[]): string {
  const rows = items.map(({ ref, externalId, category, key, text, modality, source, confidence, updatedAt }) => ({
    Number: ref,
    'External id': externalId ?? '',
    Category: categoryName(category),
    Key: key,
    Text: text,
    Modality: modality,
    Source: source,
    Confidence: String(confidence),
    Changed: updatedAt,
  }))
  const columns = ['Number', 'External id', 'Category', 'Key', 'Text', 'Modality', 'Source', 'Confidence', 'Changed']
  return stringify(rows, { header: true, columns, bom: true, escape_formulas: true, record_delimiter: 'windows' })
}
