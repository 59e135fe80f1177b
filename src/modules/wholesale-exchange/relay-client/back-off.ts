const FIRST_SECONDS = 2
const LONGEST_SECONDS = 600

/**
 * How long to leave a relay alone after so many failures in a row: anything up to 2 s, doubled with each, 10 minutes at
 * most. Which of it is left to chance, so that stores that failed together do not come back together.
 *
 * @param retryAfter seconds the relay asked for: never sooner, and not all at once then
 * @param random from 0 to below 1
 */
export function relayBackOffSeconds(failures: number, retryAfter = 0, random: () => number = Math.random): number {
  const doublings = Math.min(Math.max(failures, 1) - 1, 20)
  return retryAfter + random() * Math.min(FIRST_SECONDS * 2 ** doublings, LONGEST_SECONDS)
}
