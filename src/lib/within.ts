import { setTimeout as delay } from "node:timers/promises"

/**
 * Waits for work no longer than so many milliseconds. What takes longer goes on by itself, and what becomes of it then
 * is nobody's any more.
 *
 * @throws an Error with the given message once the time is over
 */
export async function within<Result>(milliseconds: number, work: Promise<Result>, late: string): Promise<Result> {
  const over = new AbortController()
  const passes = delay(milliseconds, undefined, { signal: over.signal }).then(() => {
    throw new Error(late)
  })
  try {
    return await Promise.race([work, passes])
  } finally {
    over.abort()
  }
}
