import { setTimeout as delay } from "node:timers/promises"

/** Documents take moments; what got stuck the reconcile job carries on, every minute. */
const SECONDS = 90
const MILLISECONDS_BETWEEN = 100

/** A fact that did not come to be in time. */
export class NotInTime extends Error {}

/**
 * Asks until the fact is there: on one backend at the first time, across platforms as soon as the
 * document has come.
 *
 * @param what the fact that is waited for, as a sentence without its full stop
 * @throws NotInTime when it did not come to be within a minute and a half
 */
export async function eventually<Fact>(what: string, ask: () => Promise<Fact | undefined>): Promise<Fact> {
  const deadline = Date.now() + SECONDS * 1_000
  for (;;) {
    const fact = await ask()
    if (fact !== undefined) {
      return fact
    }
    if (Date.now() > deadline) {
      throw new NotInTime(`${what}: that did not come to be within ${SECONDS} seconds.`)
    }
    await delay(MILLISECONDS_BETWEEN)
  }
}
