import { everyRow } from "../../lib/sql/key-page"
import type { WholesaleError } from "../../lib/errors/wholesale-error"
import type { RelayVault } from "./relay-vault"

/** A line for whoever watches. */
export type Say = (line: string) => void

type MasterVerbs = Pick<RelayVault, "rewrapDataKeys">
type DataVerbs = Pick<RelayVault, "storesWithSecrets" | "rotateDataKey" | "resealSecrets" | "forgetDataKeys">

const PAGE = 100

/**
 * Wraps every data key under the current master key. Broken off anywhere and run again it goes on; run
 * again at its end it finds nothing to do.
 *
 * @throws WholesaleError 500 `master_key_missing`, `master_key_wrong`, `data_key_unreadable`, after all
 * others are done
 */
export async function rotateMasterKey(exchange: MasterVerbs, say: Say): Promise<void> {
  const failures: WholesaleError[] = []
  let rewrapped = 0
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page = await exchange.rewrapDataKeys({ limit: PAGE, after })
    rewrapped += page.rewrapped
    failures.push(...page.failures)
    after = page.next
    say(`${rewrapped} data keys are wrapped under the current master key now.`)
  }
  raise(failures, say)
}

/**
 * Gives every store a new data key, seals its secrets under it, and deletes the old keys. Old keys go at
 * the very end, together: whatever is broken off before it goes on with the keys it made, and a run after
 * the end is a rotation of its own.
 *
 * @throws WholesaleError 500 for what cannot be read, after all others are done
 */
export async function rotateDataKeys(exchange: DataVerbs, say: Say): Promise<void> {
  const stores = (page: { limit: number; after?: string }) => exchange.storesWithSecrets(page)
  for await (const { id } of everyRow(stores, PAGE)) {
    const rotated = await exchange.rotateDataKey({ store_id: id })
    say(`Store ${id}: ${rotated?.begun ? "a new data key" : "goes on with the new data key"} ${rotated?.data_key_id}.`)
  }
  const failures: WholesaleError[] = []
  for await (const { id } of everyRow(stores, PAGE)) {
    failures.push(...(await resealStore(exchange, id, say)))
  }
  const { forgotten, left } = await exchange.forgetDataKeys()
  say(`${forgotten} old data keys are deleted.`)
  for (const { data_key_id, store_id } of left) {
    say(`Store ${store_id}: the old data key ${data_key_id} stays, for something is sealed under it still.`)
  }
  raise(failures, say)
}

async function resealStore(exchange: DataVerbs, store_id: string, say: Say): Promise<WholesaleError[]> {
  const failures: WholesaleError[] = []
  let resealed = 0
  for (let after: string | undefined = ""; after !== undefined; ) {
    const page = await exchange.resealSecrets({ store_id, limit: PAGE, after })
    resealed += page.resealed
    failures.push(...page.failures)
    after = page.next
  }
  say(`Store ${store_id}: ${resealed} rows are sealed under the new data key.`)
  return failures
}

function raise(failures: readonly WholesaleError[], say: Say): void {
  failures.forEach(({ message }) => say(message))
  if (failures.length) {
    throw failures[0]
  }
}
