/** The command line cannot be carried out as it is written. The message is one line for people. */
export class UsageError extends Error {}
