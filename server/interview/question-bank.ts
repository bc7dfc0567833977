// The built-in interviewer's questions, as data: a new one is a row here and nothing else.

import type { CategoryKey } from '../../shared/domain/categories.ts'

/** Who asks: each role has its own view of a product. */
export type InterviewerRole =
  | 'product manager'
  | 'business analyst'
  | 'UX designer'
  | 'frontend developer'
  | 'backend developer'
  | 'database engineer'
  | 'DevOps engineer'

export interface BankQuestion {
  /** For ever: it tells which were asked. */
  readonly id: string
  readonly category: CategoryKey
  readonly askedAs: InterviewerRole
  /** One point, in one sentence that ends in a question mark. */
  readonly question: string
  readonly why: string
  /** Up to four short answers to choose from. */
  readonly suggestions: readonly string[]
}

type Row = readonly [
  id: string,
  category: CategoryKey,
  askedAs: InterviewerRole,
  question: string,
  why: string,
  suggestions: readonly string[],
]

const rows: readonly Row[] = [
  [
    'first-user',
    'goals',
    'product manager',
    'Who will use this first, and what will they get done with it?',
    'The first user decides what can wait.',
    [],
  ],
  [
    'measure-of-success',
    'goals',
    'product manager',
    'Which number will tell you half a year after the start that it was worth it?',
    'A goal without a number cannot be missed, nor reached.',
    [],
  ],
  [
    'first-task',
    'requirements',
    'business analyst',
    'What does a person do step by step from opening it to being done with the most frequent task?',
    'The steps of the main task are the core of all requirements.',
    [],
  ],
  [
    'wrong-input',
    'requirements',
    'UX designer',
    'What happens when somebody enters something that cannot be right?',
    'Most of the work lies in what goes wrong.',
    ['It is refused with a reason', 'It is kept as a draft'],
  ],
  [
    'given-technology',
    'tech_stack',
    'backend developer',
    'Which technologies are already given by what you run or know today?',
    'What is given narrows every later choice.',
    [],
  ],
  [
    'client-devices',
    'tech_stack',
    'frontend developer',
    'On which devices and browser versions does it have to work?',
    'Each one more is tested for ever.',
    ['Current browsers on a desktop', 'Phones too', 'Phones first'],
  ],
  [
    'people-at-once',
    'scalability',
    'backend developer',
    'How many people use it at the same time at the busiest hour?',
    'The peak sets the size of everything behind it.',
    ['Up to 10', 'Up to 100', 'Up to 1,000', 'More'],
  ],
  [
    'data-growth',
    'scalability',
    'database engineer',
    'How many records are added in a month, and how large is one?',
    'Growth decides what still works after two years.',
    [],
  ],
  [
    'sign-in',
    'security',
    'backend developer',
    'How does a person prove who they are?',
    'Every right rests on it.',
    ['Email and password', 'The company account', 'A link by mail'],
  ],
  [
    'who-sees-what',
    'security',
    'business analyst',
    'Which roles are there, and what may each of them see or change?',
    'Rights that nobody wrote down are guessed by whoever builds them.',
    [],
  ],
  [
    'slowest-answer',
    'performance',
    'frontend developer',
    'After how many seconds is waiting for the main screen too long?',
    'Only a number can be tested.',
    ['1 second', '2 seconds', '5 seconds'],
  ],
  [
    'busiest-moment',
    'performance',
    'DevOps engineer',
    'Which operation has to stay quick when everything else is busy?',
    'Not everything can come first.',
    [],
  ],
  [
    'release-proof',
    'testing',
    'business analyst',
    'What has to be shown before a release reaches its users?',
    'It says when something is done.',
    [],
  ],
  [
    'worst-defect',
    'testing',
    'product manager',
    'Which defect would do the most harm if it reached production?',
    'Tests belong where the harm is.',
    [],
  ],
  [
    'first-notice',
    'monitoring',
    'DevOps engineer',
    'Who is told when it stops working, and within how many minutes?',
    'An outage lasts at least as long as nobody knows of it.',
    [],
  ],
  [
    'kept-records',
    'monitoring',
    'DevOps engineer',
    'Which actions of people have to be traceable later?',
    'What was not recorded cannot be found out.',
    [],
  ],
  [
    'retention-time',
    'data_retention',
    'database engineer',
    'How long is data kept once the work with it is done?',
    'Law and cost pull in different directions.',
    ['30 days', '1 year', '10 years'],
  ],
  [
    'deletion',
    'data_retention',
    'database engineer',
    "What is left of a person's data when their account is deleted?",
    'Some of it may have to go, and some may have to stay.',
    [],
  ],
  [
    'data-loss',
    'disaster_recovery',
    'database engineer',
    'How many minutes of work may be lost when the machine dies?',
    'It decides how often data is copied away.',
    ['None', '5 minutes', '1 hour', '1 day'],
  ],
  [
    'down-time',
    'disaster_recovery',
    'DevOps engineer',
    'How long may it be out of reach after a disaster?',
    'It decides what has to stand by.',
    ['15 minutes', '4 hours', '1 day'],
  ],
]

export const questionBank: readonly BankQuestion[] = rows.map(([id, category, askedAs, question, why, suggestions]) => ({
  id,
  category,
  askedAs,
  question,
  why,
  suggestions,
}))
