/**
 * A place in the history of a document. Its owner raises the revision with every change, and the
 * incarnation after a restore from backup, when revisions begin again lower than partners know them.
 * What is kept in columns is compared in SQL alike: `(incarnation, revision) < (excluded.incarnation, …)`.
 */
export interface Edition {
  readonly incarnation: number
  readonly revision: number
}

/** Negative where `left` is the older one: the incarnation counts before the revision. */
export function compareEditions(left: Edition, right: Edition): number {
  return left.incarnation - right.incarnation || left.revision - right.revision
}

/** Whether the edition is newer than the one known. */
export function isNewer(edition: Edition, known: Edition): boolean {
  return compareEditions(edition, known) > 0
}
