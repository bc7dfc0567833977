// Documents that nobody would write on purpose, in any size: each shape has made some reader of Markdown slow or stop.

/** A line of runs of backticks, each longer than the one before: no two close each other. */
const growingTicks = (units: number): string =>
  Array.from({ length: Math.floor(Math.sqrt(units * 2)) }, (_, index) => '`'.repeat(index + 1)).join(' a ')

const filled = (line: string, units: number): string => line.repeat(Math.ceil(units / line.length))

/** Each shape by its name; `units` is about how long the document gets. */
export const hostileShapes: Readonly<Record<string, (units: number) => string>> = {
  'a list': (units) => `## Goals\n${filled('- The system must answer within 200 ms when a user asks for it.\n', units)}`,
  'a list 500 levels deep': (units) =>
    filled(Array.from({ length: 500 }, (_, level) => `${'  '.repeat(level)}- level ${level} must be\n`).join(''), units),
  'marks in one line': (units) => `${filled('- ', units)}x`,
  'a table': (units) => `| A | B | C |\n|---|---|---|\n${filled('| a | b must | c |\n', units)}`,
  'a table of 100 columns': (units) => `|${' A |'.repeat(100)}\n|${'---|'.repeat(100)}\n${filled(`|${' a |'.repeat(100)}\n`, units)}`,
  'one line': (units) => `- ${filled('word must when if, the ', units)}`,
  'one paragraph': (units) => filled('some prose, that goes on | and on\n', units),
  headings: (units) => filled('# a\n## Goals\n- x\n', units),
  'requirement headings': (units) => filled('### FR-001: aa\nmust\n- detail\n', units),
  'one requirement of many details': (units) => `### Requirement: A\nit must hold:\n${filled('- detail\n', units)}`,
  'one scenario of many steps': (units) => `- **Given** a\n${filled('- **AND** b\n', units)}`,
  'fences that open and close': (units) => filled('```\na\n', units),
  'a comment that never closes': (units) => filled('<!-- a\n', units),
  'comments in a list': (units) => filled('- a\n  <!-- b\n', units),
  'runs of backticks': (units) => `- ${filled('`a``b```c', units)}`,
  'growing runs of backticks': (units) => `- ${growingTicks(units)}`,
  'brackets that open': (units) => `- ${filled('[', units)}`,
  'links that never end': (units) => `- ${filled('[a](', units)}`,
  stars: (units) => `- ${filled('*a **b ', units)}`,
  'tags that never end': (units) => `- ${filled('<a <!-- ', units)}`,
  'commas behind When': (units) => `- When ${filled('a, ', units)}`,
  numbers: (units) => `- ${filled('at least 5-10 ± 3, 1e400 ', units)}`,
  blanks: (units) => `- ${filled(' ', units)}x`,
  'blanks of other kinds': (units) => `- ${filled('\u00a0\u2003\u3000', units)}x`,
  'vague words': (units) => `- ${filled('not only etc. some if possible and so ', units)}`,
  'right-to-left, combined and joined': (units) => filled('- 👩‍👩‍👧‍👦 must \u202e עברית e\u0301\u0301\u0301 \u200d\n', units),
  'bold that never closes': (units) => filled('- **aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\n', units),
  pairs: (units) => `## Goals\n${filled('Key: value here\n', units)}`,
}
