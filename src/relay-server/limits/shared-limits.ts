import type { RelayRates } from "../config"
import { rationed, type RationCode } from "../relay-error"
import type { Caller } from "./callers"
import { sharedLimiter, type Counted, type Limiter } from "./limiters"

/** Under which name all callers are counted together. */
const ALL = "all"

/** So many attempts an hour the count of all never refuses: somebody mistypes a code, and once more. */
const SPARED_ATTEMPTS = 3

type Store = Parameters<typeof sharedLimiter>[0]

/**
 * Limits that slow a guesser, and refuse nobody who has not failed three times himself or from his address.
 *
 * A slot is two characters, so whoever tries all 1,024 meets every open one; the ten attempts that a slot takes keep
 * its code safe (docs/security.md has the odds), and these limits make it slow to use them up:
 *
 * - **Looking a slot up** is counted for each key and each address.
 * - **An attempt** is counted when it is made, for its key, its address and all together, and taken back when it is
 *   finished. So what is counted is attempts that failed or are not finished; stores that pair well are never
 *   limited, however many they are behind one address.
 * - **The count of all** refuses only callers who, by key or by address, already had so many attempts within the hour
 *   that failed or are not finished as nobody has by mistyping. Otherwise a guesser could use it up and keep everybody
 *   out. As it is, one who does has shut out himself, and no store that comes with its first attempt, or its third.
 *   What a guesser gains by a new key and a new address for each few guesses is those few, and still no more than ten
 *   at a slot.
 * - **A new mailbox** is counted for its address, for keys cost nothing.
 *
 * The hour begins with a caller's first attempt. An attempt finished after its hour takes one off the next, so a
 * caller with open slots of his own can carry over as many attempts as one hour allows, and no more.
 */
export class SharedLimits {
  private readonly lookups: readonly [key: Limiter, address: Limiter]
  private readonly attempts: readonly [key: Limiter, address: Limiter, all: Limiter]
  private readonly mailboxes: Limiter

  constructor(store: Store, rates: RelayRates) {
    this.lookups = [
      sharedLimiter(store, "lookup-key", rates.lookups_per_key),
      sharedLimiter(store, "lookup-address", rates.lookups_per_address),
    ]
    this.attempts = [
      sharedLimiter(store, "attempt-key", rates.attempts_per_key),
      sharedLimiter(store, "attempt-address", rates.attempts_per_address),
      sharedLimiter(store, "attempt-all", rates.attempts_of_all),
    ]
    this.mailboxes = sharedLimiter(store, "mailbox-address", rates.mailboxes_per_address)
  }

  /** @throws RelayError 429 `rate_limited` */
  async countLookup({ key_hash, address_hash }: Caller): Promise<void> {
    const [key, address] = this.lookups
    refuse(await key.count(nameOf(key_hash)), "rate_limited")
    refuse(await address.count(nameOf(address_hash)), "rate_limited")
  }

  /** @throws RelayError 429 `rate_limited` */
  async countAttempt({ key_hash, address_hash }: Caller): Promise<void> {
    const [key, address, all] = this.attempts
    const ofKey = await key.count(nameOf(key_hash))
    refuse(ofKey, "rate_limited")
    const ofAddress = await address.count(nameOf(address_hash))
    refuse(ofAddress, "rate_limited")
    const isSpared = Math.max(ofKey.count, ofAddress.count) <= SPARED_ATTEMPTS
    const ofAll = await all.count(ALL)
    if (!isSpared) {
      refuse(ofAll, "rate_limited")
    }
  }

  /** Takes an attempt back, because it was finished. */
  async forgiveAttempt({ key_hash, address_hash }: Caller): Promise<void> {
    const [key, address, all] = this.attempts
    await Promise.all([key.forgive(nameOf(key_hash)), address.forgive(nameOf(address_hash)), all.forgive(ALL)])
  }

  /** @throws RelayError 429 `mailboxes_rationed` */
  async countMailbox({ address_hash }: Caller): Promise<void> {
    refuse(await this.mailboxes.count(nameOf(address_hash)), "mailboxes_rationed")
  }
}

function refuse({ is_over, retry_after_seconds }: Counted, code: RationCode): void {
  if (is_over) {
    throw rationed(code, "Asked too often within the hour.", retry_after_seconds)
  }
}

const nameOf = (hash: Buffer): string => hash.toString("hex")
