import { setTimeout as pause } from "node:timers/promises"

/** Asks again until the fact is there. @throws when it is not within the time, in milliseconds */
export async function until<Fact>(
  ask: () => Promise<Fact | undefined>,
  within = 30_000
): Promise<Fact> {
  const end = Date.now() + within
  for (;;) {
    const fact = await ask()
    if (fact !== undefined) {
      return fact
    }
    if (Date.now() > end) {
      throw new Error(`It did not come to be within ${within} ms.`)
    }
    await pause(50)
  }
}
