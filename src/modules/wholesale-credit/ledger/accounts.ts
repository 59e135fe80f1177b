import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId, MathBN } from "@medusajs/framework/utils"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import type { Amount } from "../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import { nonNegativeAmount } from "../domain/credit-entry"
import type { CreditAccount, CreditAccountRow } from "./rows"
import { toCreditAccount } from "./rows"

/** The columns of an account as {@link toCreditAccount} reads them. */
export const ACCOUNT_COLUMNS =
  "id, store_id, account_id, currency_code, raw_credit_limit, raw_balance, raw_reserved, entry_count"

interface CreditAccountOf {
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
}

export interface SetLimitInput {
  readonly store_id: string
  readonly account_id: string
  /** null takes the limit away; "0" lets nothing go on account. */
  readonly limit: Amount | null
  readonly reason?: string
  readonly actor: Actor
}

export interface OpenCreditAccountInput extends CreditAccountOf {
  /** null for no limit; left out, that of an account that is there stays as it is. */
  readonly limit?: Amount | null
  readonly actor: Actor
}

/**
 * The account's credit account, made on the first call, with its limit in the same transaction: where a
 * limit is asked for, no crash leaves an account that may owe without end.
 *
 * @throws WholesaleError 409 `credit_currency_mismatch` when it is kept in another currency; 400
 * `invalid_amount`
 */
export async function openCreditAccount(
  manager: EntityManager,
  { limit, actor, ...account }: OpenCreditAccountInput
): Promise<CreditAccount> {
  const opened = await ensureCreditAccount(manager, account)
  return limit === undefined ? opened : await setLimit(manager, { ...account, limit, actor })
}

async function ensureCreditAccount(
  manager: EntityManager,
  { store_id, account_id, currency_code }: CreditAccountOf
): Promise<CreditAccount> {
  const currency = currency_code.toLowerCase()
  await manager.execute(
    insertRecordsSql(
      "wholesale_credit_account",
      [
        "id", "store_id", "account_id", "currency_code",
        "balance", "raw_balance", "reserved", "raw_reserved", "entry_count",
      ],
      { onConflictDoNothing: true }
    ),
    [
      JSON.stringify([
        {
          id: derivedId("whcred", store_id, account_id),
          store_id,
          account_id,
          currency_code: currency,
          balance: "0",
          raw_balance: rawAmount("0"),
          reserved: "0",
          raw_reserved: rawAmount("0"),
          entry_count: 0,
        },
      ]),
    ]
  )
  const account = await readAccount(manager, store_id, account_id)
  if (account.currency_code !== currency) {
    throw new WholesaleError(
      409,
      "credit_currency_mismatch",
      `Credit of account ${account_id} is kept in ${account.currency_code.toUpperCase()}, ` +
        `not in ${currency.toUpperCase()}.`,
      { account_id, currency_code: account.currency_code, requested: currency }
    )
  }
  return account
}

/**
 * Sets or takes away the limit and writes the audit. The same limit again changes nothing and
 * leaves no trace. Lowering it below the exposure is allowed: it stops further orders.
 */
export async function setLimit(manager: EntityManager, input: SetLimitInput): Promise<CreditAccount> {
  const { store_id, account_id, actor } = input
  const account = await lockAccount(manager, store_id, account_id)
  const limit =
    input.limit === null ? null : nonNegativeAmount(input.limit, account.currency_code)
  if (sameLimit(account.credit_limit, limit)) {
    return account
  }
  await manager.execute(
    `update wholesale_credit_account
        set credit_limit = ?, raw_credit_limit = ?::jsonb, updated_at = now()
      where id = ?`,
    [limit, limit === null ? null : JSON.stringify(rawAmount(limit)), account.id]
  )
  await writeLimitChange(manager, account, limit, input.reason, actor)
  return { ...account, credit_limit: limit }
}

export async function readAccount(
  manager: EntityManager,
  store_id: string,
  account_id: string
): Promise<CreditAccount> {
  const rows = await manager.execute<CreditAccountRow[]>(
    `select ${ACCOUNT_COLUMNS} from wholesale_credit_account
      where store_id = ? and account_id = ? and deleted_at is null`,
    [store_id, account_id]
  )
  if (!rows.length) {
    throw notFound("Credit account of account", account_id)
  }
  return toCreditAccount(rows[0])
}

/**
 * Locks the credit accounts in the order of their ids, so that two verbs over the same accounts
 * wait for each other and never deadlock.
 *
 * @throws WholesaleError 404 when one is missing or another store's
 */
export async function lockAccounts(
  manager: EntityManager,
  store_id: string,
  account_ids: readonly string[]
): Promise<Map<string, CreditAccount>> {
  const rows = await manager.execute<CreditAccountRow[]>(
    `select ${ACCOUNT_COLUMNS} from wholesale_credit_account
      where store_id = ? and deleted_at is null
        and account_id in (select json_array_elements_text(?::json))
      order by id
        for update`,
    [store_id, JSON.stringify(account_ids)]
  )
  const accounts = new Map(rows.map((row) => [row.account_id, toCreditAccount(row)]))
  const missing = account_ids.find((id) => !accounts.has(id))
  if (missing !== undefined) {
    throw notFound("Credit account of account", missing)
  }
  return accounts
}

export async function lockAccount(
  manager: EntityManager,
  store_id: string,
  account_id: string
): Promise<CreditAccount> {
  const [account] = (await lockAccounts(manager, store_id, [account_id])).values()
  return account
}

function sameLimit(left: Amount | null, right: Amount | null): boolean {
  return left === null || right === null ? left === right : MathBN.eq(left, right)
}

async function writeLimitChange(
  manager: EntityManager,
  account: CreditAccount,
  limit: Amount | null,
  reason: string | undefined,
  actor: Actor
): Promise<void> {
  await manager.execute(
    insertRecordsSql("wholesale_credit_limit_change", [
      "id", "store_id", "credit_account_id", "from_limit", "raw_from_limit",
      "to_limit", "raw_to_limit", "reason", "actor_type", "actor_id", "changed_at",
    ]),
    [
      JSON.stringify([
        {
          id: generateEntityId(undefined, "whcredlim"),
          store_id: account.store_id,
          credit_account_id: account.id,
          from_limit: account.credit_limit,
          raw_from_limit: account.credit_limit === null ? null : rawAmount(account.credit_limit),
          to_limit: limit,
          raw_to_limit: limit === null ? null : rawAmount(limit),
          reason: reason ?? null,
          actor_type: actor.actor_type,
          actor_id: actor.actor_id,
          changed_at: new Date().toISOString(),
        },
      ]),
    ]
  )
}
