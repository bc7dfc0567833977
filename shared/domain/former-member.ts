// What stands in place of the name of somebody whose account is gone.

/** The name of every deleted account: their words stay, and have an author. */
export const formerMemberName = 'Former member'
