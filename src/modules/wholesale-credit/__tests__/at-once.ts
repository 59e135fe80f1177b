import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

/**
 * Runs the actions truly at once: each on a connection of its own, all of them stopped at the lock of a credit
 * account before the first one may go on. They queue, and get their turns, in the order given.
 *
 * @param fork a new manager a call, whose connections are not the service's
 */
export async function atOnce<Answer>(
  fork: () => EntityManager,
  actions: readonly (() => Promise<Answer>)[]
): Promise<PromiseSettledResult<Answer>[]> {
  const gate = fork()
  await gate.begin()
  await gate.execute("select 1 from wholesale_credit_account for update")
  const running: Promise<PromiseSettledResult<Answer>[]>[] = []
  for (const action of actions) {
    running.push(Promise.allSettled([action()]))
    await untilStopped(fork(), running.length)
  }
  await gate.commit()
  return (await Promise.all(running)).flat()
}

/** Until so many connections wait for a lock. */
export async function untilStopped(watch: EntityManager, number: number): Promise<void> {
  const [{ count }] = await watch.execute<[{ count: number }]>(
    `select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`
  )
  if (count < number) {
    await untilStopped(watch, number)
  }
}

/** The answers of actions that all succeeded; throws what the first one threw that did not. */
export function answers<Answer>(results: readonly PromiseSettledResult<Answer>[]): Answer[] {
  return results.map((result) => {
    if (result.status === "rejected") {
      throw result.reason
    }
    return result.value
  })
}
