import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import type { Amount } from "../../../lib/money/amount"
import { insertRecordsSql, rawAmount } from "../../../lib/sql/insert-records"
import type { CreditSettings } from "../../../lib/credit-rules/credit-settings"
import { readAccount } from "../ledger/accounts"
import type { CreditAccount } from "../ledger/rows"
import { updateSettings } from "./update-settings"

interface CreditAccountOf {
  readonly store_id: string
  readonly account_id: string
  readonly currency_code: string
}

export interface OpenCreditAccountInput extends CreditAccountOf {
  /** null for no limit; left out, that of an account that is there stays as it is. */
  readonly limit?: Amount | null
  /** The other rules to begin with, of the store's or a price tier's defaults; an account that is there gets them too. */
  readonly settings?: Partial<Omit<CreditSettings, "credit_limit">>
  readonly actor: Actor
}

/**
 * The account's credit account, made on the first call, with its limit and rules in the same transaction:
 * where a limit is asked for, no crash leaves an account that may owe without end.
 *
 * @throws WholesaleError 409 `credit_currency_mismatch` when it is kept in another currency; 400
 * `invalid_amount`, `invalid_credit_settings`
 */
export async function openCreditAccount(
  manager: EntityManager,
  { limit, settings, actor, ...account }: OpenCreditAccountInput
): Promise<CreditAccount> {
  const opened = await ensureCreditAccount(manager, account)
  return limit === undefined && settings === undefined
    ? opened
    : await updateSettings(manager, { ...account, changes: { ...settings, credit_limit: limit }, actor })
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
