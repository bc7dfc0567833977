// The limits both sides must know: the client cuts and merges by them before the server would have to refuse.

const kib = 1024
const mib = 1024 * kib

export const limits = {
  /** A document's encoded state; past it only deletions pass. */
  documentBytes: 5 * mib,
  /** A message larger than this is cut into chunks by those who can, before it is sent. */
  chunkBytes: 1 * mib,
  /** One person's presence in one document: cursor, selection, what an editor adds. */
  awarenessBytes: 4 * kib,
  projectNameChars: 200,
  projectDescriptionChars: 2_000,
  versionNameChars: 120,
  /** Why an owner passed a closed gate. */
  overrideReasonChars: 500,
  /** Of one item that is sent by itself; in a document an item may be longer. */
  itemTextChars: 4_000,
  itemQueryChars: 200,
  /** What is said about the decision on a conflict. */
  conflictNoteChars: 1_000,
  personNameChars: 100,
  emailChars: 254,
  passwordMinChars: 8,
  passwordMaxChars: 128,
  apiTokenNameChars: 100,
  /** Projects that one API token may name. */
  apiTokenProjects: 100,
  /** How long an API token lasts, when its maker does not say and at most. */
  apiTokenDays: 90,
  apiTokenDaysMax: 366,
  /** What a person writes in the interview at once. */
  answerChars: 20_000,
  /** Rows in one page of a list, when the caller does not say and at most. */
  pageSize: 50,
  pageSizeMax: 200,
} as const
