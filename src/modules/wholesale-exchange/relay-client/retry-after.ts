const LONGEST_SECONDS = 3_600
const SECONDS = /^\d{1,15}$/
/** The one form of a date that servers still write (RFC 9110, 5.6.7). */
const HTTP_DATE = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/

/**
 * Seconds to wait by a `Retry-After`, an hour at most; undefined for what is none.
 *
 * @param now_ms by the clock of who answered, which a date is by
 */
export function readRetryAfter(header: string | undefined, now_ms: number): number | undefined {
  if (header !== undefined && SECONDS.test(header)) {
    return boundedSeconds(Number(header))
  }
  const date = header !== undefined && HTTP_DATE.test(header) ? Date.parse(header) : NaN
  return Number.isNaN(date) ? undefined : boundedSeconds(Math.ceil((date - now_ms) / 1_000))
}

/** An hour at most, and no time that is over. */
export function boundedSeconds(seconds: number): number {
  return Math.min(Math.max(seconds, 0), LONGEST_SECONDS)
}
