import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import { equalHashes } from "../../../lib/crypto/keyed-hash"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { GUESSES_OF_ALL, GUESSES_PER_CALLER, PairingCode } from "../domain/pairing-code"
import type { PairingKeys } from "../domain/pairing-keys"

const ATTEMPTS_KEPT = "1 day"

/** A code that was used just now; its id is the `pairing_id` of the connection to be made. */
export interface ClaimedPairingCode {
  readonly id: string
  /** The store that generated it. */
  readonly store_id: string
  readonly used_by_store_id: string
}

/** A refusal is handed back, not thrown: the wrong guess that it counts has to be committed. */
export type ClaimOutcome = { claimed: ClaimedPairingCode } | { refusal: WholesaleError }

interface SlotRow {
  id: string
  store_id: string
  lookup_hash: string
  attempts: number
  max_attempts: number
}

/**
 * Marks the code used, or counts a wrong guess.
 *
 * All claims of a backend run one after another (they are rare and short), so that no two can use one
 * code and no burst of guesses gets past a limit. Takes that lock first, then the code's row.
 */
export async function claimCode(
  manager: EntityManager,
  { code, caller_store_id, keys }: { code: PairingCode; caller_store_id: string; keys: PairingKeys }
): Promise<ClaimOutcome> {
  await manager.execute(
    "select pg_advisory_xact_lock(hashtextextended('wholesale_pairing_claim', 0))"
  )
  const limited = await guessLimit(manager, caller_store_id)
  if (limited) {
    return { refusal: limited }
  }
  const [row] = await manager.execute<SlotRow[]>(
    `select id, store_id, lookup_hash, attempts, max_attempts from wholesale_pairing_code
     where slot = ? and transport = 'local' and status = 'active' and expires_at > now()
       and deleted_at is null for update`,
    [code.slot]
  )
  if (row && row.attempts >= row.max_attempts) {
    return { refusal: slotLocked(row) }
  }
  if (!row || !equalHashes(row.lookup_hash, keys.lookupHash(code))) {
    if (row) {
      await manager.execute(
        "update wholesale_pairing_code set attempts = attempts + 1, updated_at = now() where id = ?",
        [row.id]
      )
    }
    await recordAttempt(manager, caller_store_id, false)
    return { refusal: codeNotFound() }
  }
  if (row.store_id === caller_store_id) {
    return { refusal: ownCode() }
  }
  await manager.execute(
    `update wholesale_pairing_code
     set status = 'used', secret_encrypted = null, used_by_store_id = ?, pairing_id = id, used_at = now(),
         updated_at = now()
     where id = ? and status = 'active'`,
    [caller_store_id, row.id]
  )
  await recordAttempt(manager, caller_store_id, true)
  return { claimed: { id: row.id, store_id: row.store_id, used_by_store_id: caller_store_id } }
}

/** Whether a used code of `store_id` was entered by the partner: what entitles it to ask for a connection. */
export async function wasClaimedBy(
  manager: EntityManager,
  { pairing_id, store_id, partner_store_id }: { pairing_id: string; store_id: string; partner_store_id: string }
): Promise<boolean> {
  const rows = await manager.execute<{ id: string }[]>(
    `select id from wholesale_pairing_code
     where (pairing_id = ? or id = ?) and store_id = ? and used_by_store_id = ? and status = 'used'
       and deleted_at is null`,
    [pairing_id, pairing_id, store_id, partner_store_id]
  )
  return rows.length > 0
}

/** Deletes attempts that no limit looks at any more. */
export async function forgetAttempts(manager: EntityManager): Promise<void> {
  await manager.execute(
    `delete from wholesale_pairing_attempt where at < now() - interval '${ATTEMPTS_KEPT}'`
  )
}

/** Why the caller may not enter another code for now; undefined where it may. */
export async function guessLimit(
  manager: EntityManager,
  callerStoreId: string
): Promise<WholesaleError | undefined> {
  const [guesses] = await manager.execute<
    { own: number; own_wait: number | null; all: number; all_wait: number | null }[]
  >(
    `select count(*) filter (where store_id = ?)::int as own,
            count(*)::int as all,
            ceil(extract(epoch from min(at) filter (where store_id = ?) + interval '1 hour' - clock_timestamp()))::int as own_wait,
            ceil(extract(epoch from min(at) + interval '1 hour' - clock_timestamp()))::int as all_wait
     from wholesale_pairing_attempt
     where at > clock_timestamp() - interval '1 hour' and succeeded = false and deleted_at is null`,
    [callerStoreId, callerStoreId]
  )
  if (guesses.own >= GUESSES_PER_CALLER) {
    return tooManyGuesses("caller", GUESSES_PER_CALLER, guesses.own_wait)
  }
  if (guesses.all >= GUESSES_OF_ALL) {
    return tooManyGuesses("backend", GUESSES_OF_ALL, guesses.all_wait)
  }
  return undefined
}

export async function recordAttempt(
  manager: EntityManager,
  callerStoreId: string,
  succeeded: boolean
): Promise<void> {
  await manager.execute(
    `insert into wholesale_pairing_attempt (id, store_id, at, succeeded)
     values (?, ?, clock_timestamp(), ?)`,
    [generateEntityId(undefined, "whpatt"), callerStoreId, succeeded]
  )
}

/** One answer for a wrong, expired, used and cancelled code, so that a guesser learns nothing. */
function codeNotFound(): WholesaleError {
  return new WholesaleError(
    404,
    "pairing_code_not_found",
    "No pairing code like this can be used now. Ask your partner for a new one."
  )
}

function slotLocked({ max_attempts }: SlotRow): WholesaleError {
  return new WholesaleError(
    429,
    "pairing_code_locked",
    `A pairing code that begins like this was guessed wrong ${max_attempts} times. Ask your partner for a new one.`,
    { limit: max_attempts }
  )
}

function tooManyGuesses(
  scope: "caller" | "backend",
  limit: number,
  wait: number | null
): WholesaleError {
  const retry_after_seconds = Math.max(1, wait ?? 0)
  return new WholesaleError(
    429,
    "pairing_guesses_exceeded",
    `${limit} wrong pairing codes were entered within an hour. Try again in ${Math.ceil(retry_after_seconds / 60)} minutes.`,
    { scope, limit, window_seconds: 3_600, retry_after_seconds }
  )
}

function ownCode(): WholesaleError {
  return new WholesaleError(
    409,
    "pairing_with_itself",
    "This pairing code is the store's own. A partner enters it."
  )
}
