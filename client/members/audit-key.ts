// Under which key the page keeps a project's audit log, so that what adds to it can have it read again.

/** The key of a project's log. */
export const auditKey = (projectId: string) => ['audit', projectId] as const
