// The roles in which the interviewer asks, and in which a person can ask to be asked.

export const interviewerRoles = [
  'product manager',
  'business analyst',
  'UX designer',
  'frontend developer',
  'backend developer',
  'database engineer',
  'DevOps engineer',
] as const

/** Who asks: each has its own view of a product. */
export type InterviewerRole = (typeof interviewerRoles)[number]
