// The sample project: a spec with headings, requirements and open ends, to try things on.

/** Its name in the list. */
export const sampleName = 'Sample: a lending desk for tools'

/** What the list says under the name. */
export const sampleDescription = 'A small spec to try things on. Change it, share it, archive it when you are done.'

/** The whole text. */
export const sampleMarkdown = `# A lending desk for tools

Neighbours lend each other tools they own: a drill that is used twice a year need not be bought ten times in one street. The desk keeps who has what, until when, and reminds people before a tool is late.

## Goals

- A member finds out in under a minute whether a tool is free this weekend.
- At most one loan in fifty comes back late.
- Nobody needs to learn anything before the first loan.

## Users

- **Lender**: owns tools, says when they may be borrowed, gets them back.
- **Borrower**: looks for a tool, asks for it, brings it back.
- **Keeper**: one person a street who settles what the other two cannot.

## Functional

- A lender must be able to offer a tool with a name, a photograph and the days on which it is free.
- A borrower must be able to ask for a tool for up to seven days.
- The lender must answer a request within 48 hours; after that it expires.
- The desk must remind the borrower one day before a tool is due.
- A borrower who is late twice within a year should not be able to ask again for 30 days.
- The keeper may end any loan, and must give a reason.

## Requests

1. The borrower picks the days. Days on which the tool is already lent cannot be picked.
2. The lender gets the request, with how often the borrower has brought tools back late.
3. The lender accepts, declines with a reason, or proposes other days.
4. On the day, both confirm that the tool changed hands. Without both, the loan has not begun.

A lender may mark a tool as *trusted only*: then nobody can ask for it who has borrowed fewer than three times.

## Reminders

| when | who | what |
| --- | --- | --- |
| one day before | borrower | the tool is due tomorrow |
| on the day, 18:00 | both | has it come back? |
| two days late | keeper | whose tool, who has it, since when |

Reminders must not be sent between 21:00 and 8:00.

## Data

- A tool has a name, an owner, a photograph, days on which it is free, and a note such as "blade is new".
- A loan has a tool, a borrower, two days, and what both said at its end.
- Loans should be kept for two years, then without names.

## Security

- Addresses must be shown only to the two people of an accepted loan.
- A member must be able to delete their account; loans stay as "former member".

## Performance

- A search over 10,000 tools must answer within 300 ms.

- The list of a street must be on the screen within one second on a phone with a slow connection.

## Failures

- When a reminder cannot be sent it must be tried again for six hours, and then shown to the keeper.
- When two people ask for the same days, the first request counts and the second is told at once.

## Open questions

- Who pays when a tool comes back broken?
- May a loan be extended while somebody else waits for the tool?
- Does the keeper see addresses? The rule above says no, the job may need it.
`
