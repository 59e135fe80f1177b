import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import type { Amount } from "../../../lib/money/amount"
import { sumAmounts } from "../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import type { CreditEntryKind, RecordableKind } from "../domain/credit-entry"
import { balanceDelta } from "../domain/credit-entry"
import { lockAccounts } from "./accounts"
import type { CreditAccount, CreditEntry, CreditEntryRow, Reference } from "./rows"
import { toCreditEntry } from "./rows"

/** What every ledger verb is told. `key` makes it happen once, however often it is asked for. */
export interface LedgerInput {
  readonly store_id: string
  readonly account_id: string
  readonly key: string
  readonly reference: Reference
  readonly reason?: string
  /** From when it counts: the date of the document. When it is booked, where none is given. */
  readonly effective_at?: Date
  readonly actor: Actor
}

export interface RecordEntryInput extends LedgerInput {
  readonly kind: RecordableKind
  /** With its own sign for differences and adjustments; zero or more for every other kind. */
  readonly amount: Amount
}

export interface EntryDraft {
  readonly kind: CreditEntryKind
  readonly balance_delta: Amount
  readonly reserved_delta: Amount
  readonly reservation_key: string | null
}

/**
 * Records what moves the balance without a reservation (payments, notes, charges, their reversals, …),
 * all or none. The accounts are locked in the order of their ids. A key that is known returns the entry
 * it made.
 */
export async function recordEntries(
  manager: EntityManager,
  inputs: readonly RecordEntryInput[]
): Promise<CreditEntry[]> {
  if (inputs.length === 0) {
    return []
  }
  const [{ store_id }] = inputs
  if (inputs.some((input) => input.store_id !== store_id)) {
    throw new WholesaleError(400, "mixed_stores", "Entries of one call belong to one store.")
  }
  const accounts = await lockAccounts(manager, store_id, [
    ...new Set(inputs.map((input) => input.account_id)),
  ])
  const entries: CreditEntry[] = []
  for (const input of inputs) {
    const account = accounts.get(input.account_id) as CreditAccount
    const draft: EntryDraft = {
      kind: input.kind,
      balance_delta: balanceDelta(input.kind, input.amount, account.currency_code),
      reserved_delta: "0",
      reservation_key: null,
    }
    const known = await entryOfKey(manager, account, input.key)
    if (known) {
      assertSameEntry(known, account, draft)
      entries.push(known)
      continue
    }
    const { entry, account: after } = await writeEntry(manager, account, input, draft)
    accounts.set(input.account_id, after)
    entries.push(entry)
  }
  return entries
}

/** The entry a key has made. Call it with the account locked, or two callers both find none. */
export async function entryOfKey(
  manager: EntityManager,
  account: CreditAccount,
  key: string
): Promise<CreditEntry | undefined> {
  const rows = await manager.execute<CreditEntryRow[]>(
    `select * from wholesale_credit_entry where store_id = ? and key = ? and deleted_at is null`,
    [account.store_id, key]
  )
  return rows.length ? toCreditEntry(rows[0], account.currency_code) : undefined
}

/**
 * @throws WholesaleError 409 `credit_key_reused` when the key made an entry of another account, kind,
 * reservation or amount: a replay repeats what was asked, it does not change it
 */
export function assertSameEntry(
  entry: CreditEntry,
  account: CreditAccount,
  draft: Pick<EntryDraft, "kind" | "reservation_key"> & Partial<EntryDraft>
): void {
  const same =
    entry.credit_account_id === account.id &&
    entry.kind === draft.kind &&
    entry.reservation_key === draft.reservation_key &&
    (draft.balance_delta === undefined || MathBN.eq(draft.balance_delta, entry.balance_delta)) &&
    (draft.reserved_delta === undefined || MathBN.eq(draft.reserved_delta, entry.reserved_delta))
  if (!same) {
    throw new WholesaleError(
      409,
      "credit_key_reused",
      `Key ${entry.key} has already made another credit entry (${entry.kind}); use a new key.`,
      {
        key: entry.key,
        recorded: {
          kind: entry.kind,
          balance_delta: entry.balance_delta,
          reserved_delta: entry.reserved_delta,
        },
        asked: {
          kind: draft.kind,
          balance_delta: draft.balance_delta,
          reserved_delta: draft.reserved_delta,
        },
      }
    )
  }
}

export interface WrittenEntry {
  readonly entry: CreditEntry
  /** The account as the entry leaves it. */
  readonly account: CreditAccount
}

/**
 * Adds the entry to the locked account and moves its totals with it. They run in the order of booking,
 * whatever day the entry counts from.
 */
export async function writeEntry(
  manager: EntityManager,
  account: CreditAccount,
  input: Omit<LedgerInput, "account_id">,
  draft: EntryDraft
): Promise<WrittenEntry> {
  const currency = account.currency_code
  const after: CreditAccount = {
    ...account,
    balance: sumAmounts([account.balance, draft.balance_delta], currency),
    reserved: sumAmounts([account.reserved, draft.reserved_delta], currency),
    entry_count: account.entry_count + 1,
  }
  const rows = await manager.execute<CreditEntryRow[]>(
    `${insertRecordsSql("wholesale_credit_entry", ENTRY_COLUMNS)} returning *`,
    [JSON.stringify([entryRecord(after, input, draft)])]
  )
  await manager.execute(
    `update wholesale_credit_account
        set balance = ?, raw_balance = ?::jsonb, reserved = ?, raw_reserved = ?::jsonb,
            entry_count = ?, updated_at = now()
      where id = ?`,
    [
      after.balance,
      JSON.stringify(rawAmount(after.balance)),
      after.reserved,
      JSON.stringify(rawAmount(after.reserved)),
      after.entry_count,
      account.id,
    ]
  )
  return { entry: toCreditEntry(rows[0], currency), account: after }
}

const ENTRY_COLUMNS = [
  "id", "store_id", "credit_account_id", "sequence", "kind", "effective_at",
  "balance_delta", "raw_balance_delta", "reserved_delta", "raw_reserved_delta",
  "balance_after", "raw_balance_after", "reserved_after", "raw_reserved_after",
  "key", "reservation_key", "reference_type", "reference_id", "reason", "actor_type", "actor_id",
]

function entryRecord(
  after: CreditAccount,
  input: Omit<LedgerInput, "account_id">,
  draft: EntryDraft
): Record<string, unknown> {
  return {
    id: derivedId("whcredent", after.store_id, input.key),
    store_id: after.store_id,
    credit_account_id: after.id,
    sequence: after.entry_count,
    kind: draft.kind,
    effective_at: (input.effective_at ?? new Date()).toISOString(),
    balance_delta: draft.balance_delta,
    raw_balance_delta: rawAmount(draft.balance_delta),
    reserved_delta: draft.reserved_delta,
    raw_reserved_delta: rawAmount(draft.reserved_delta),
    balance_after: after.balance,
    raw_balance_after: rawAmount(after.balance),
    reserved_after: after.reserved,
    raw_reserved_after: rawAmount(after.reserved),
    key: input.key,
    reservation_key: draft.reservation_key,
    reference_type: input.reference.type,
    reference_id: input.reference.id,
    reason: input.reason ?? null,
    actor_type: input.actor.actor_type,
    actor_id: input.actor.actor_id,
  }
}
