const FIRST_SECONDS = 5
const LONGEST_SECONDS = 3_600

/**
 * How long a document waits after its n-th failed attempt: 5 s, doubled each time, an hour at most. It
 * is tried again for ever, since what it waits for (a mapping, another document) may come late.
 */
export function backOffSeconds(attempts: number): number {
  const doublings = Math.min(Math.max(attempts, 1) - 1, 20)
  return Math.min(FIRST_SECONDS * 2 ** doublings, LONGEST_SECONDS)
}
