// Ids that the text itself gives its requirements: `FR-001:`, `**REQ-12**`, `[NFR-3]`, `PRD-SYS-001 -`.

/** Names of standards and the like that look like ids: `SHA-256: …` defines a hash, it numbers no requirement. */
const standards = new Set([
  'SHA',
  'AES',
  'RSA',
  'UTF',
  'ISO',
  'IEC',
  'IEEE',
  'RFC',
  'TLS',
  'SSL',
  'HTTP',
  'IPV',
  'MD',
  'EC',
  'ECMA',
  'ES',
  'WCAG',
  'CVE',
  'COVID',
  'GPT',
  'USB',
  'CSS',
  'HTML',
  'SOC',
  'PCI',
  'ASCII',
  'HMAC',
  'BASE',
  'CRC',
  'UUID',
  'WIN',
  'X',
  'GMT',
  'UTC',
  'CPU',
  'PM',
])
/** What an id without a hyphen must begin with: `R12`, `US3`; anything else (`S3`, `H2`, `P1`) is a name. */
const shortPrefixes = new Set(['FR', 'NFR', 'REQ', 'R', 'US', 'UC', 'AC', 'SC', 'BR', 'CR', 'SR', 'TR', 'UR', 'QR', 'NF'])

const idPattern =
  /^(\(|\[)?(([A-Z][A-Z0-9]{0,11})((?:[-_][A-Z0-9]{1,12}){0,4}?)([-_.]?)(\d{1,6}(?:\.\d{1,4}){0,3}[a-z]?))(\)|\])?(\s*(?::|[-–—](?=\s))\s*|[.)]\s+|\s+|$)/

/** The id at the start of plain words, and where the words behind it and its separator start; undefined without one. */
export function leadingId(words: string): { readonly externalId: string; readonly to: number } | undefined {
  const match = idPattern.exec(words.slice(0, 80))
  if (match === null) return undefined
  const [whole, open = '', externalId = '', prefix = '', middle = '', hyphen = '', , close = '', separator = ''] = match
  if ((open === '') !== (close === '')) return undefined
  const letters = prefix.replace(/\d+$/, '')
  if (standards.has(letters) || (middle === '' && hyphen === '' && !shortPrefixes.has(letters))) return undefined
  // Without a mark behind it, `R2 is a bucket` begins a sentence; `FR-001 The system …` is how some number theirs.
  const isBare = open === '' && separator !== '' && separator.trim() === ''
  if (isBare && (hyphen !== '-' || (match[6] ?? '').length < 2)) return undefined
  return { externalId, to: whole.length }
}

/** Whether `words` are an id and nothing else. */
export const isWholeId = (words: string): boolean => leadingId(words)?.to === words.length
