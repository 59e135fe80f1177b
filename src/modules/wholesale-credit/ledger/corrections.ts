import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"
import type { Amount } from "../../../lib/money/amount"
import { requiredReason } from "../domain/required-reason"
import { lockAccount } from "./accounts"
import type { LedgerInput } from "./entries"
import { entryOfKey, recordEntries } from "./entries"
import type { CreditEntry } from "./rows"

export interface CorrectionInput extends LedgerInput {
  readonly reason: string
  readonly amount: Amount
}

/**
 * Corrects the balance by a signed amount: more than zero raises what the account owes. Once by its key.
 *
 * @throws WholesaleError 400 `reason_required`, `invalid_amount` (also for nothing); 409
 * `credit_key_reused`; 404
 */
export async function adjust(manager: EntityManager, input: CorrectionInput): Promise<CreditEntry> {
  return await correct(manager, "adjustment", input)
}

/**
 * Lets go of a debt: lessens the balance by an amount, never below zero. The invoice it was on, where
 * `reference` names one, is the caller's to close. Once by its key.
 *
 * @throws WholesaleError as {@link adjust}; 409 `write_off_exceeds_balance` with `balance`, `amount`, `over_by`
 */
export async function writeOff(manager: EntityManager, input: CorrectionInput): Promise<CreditEntry> {
  const { store_id, account_id, amount } = input
  const account = await lockAccount(manager, store_id, account_id)
  if (MathBN.gt(amount, account.balance) && !(await entryOfKey(manager, account, input.key))) {
    throw new WholesaleError(
      409,
      "write_off_exceeds_balance",
      `${amount} cannot be written off: account ${account_id} owes ${account.balance}.`,
      {
        account_id,
        balance: account.balance,
        amount,
        over_by: MathBN.sub(amount, account.balance).toFixed(),
      }
    )
  }
  return await correct(manager, "write_off", input)
}

async function correct(
  manager: EntityManager,
  kind: "adjustment" | "write_off",
  input: CorrectionInput
): Promise<CreditEntry> {
  const reason = requiredReason(input.reason, kind === "adjustment" ? "adjust a balance" : "write off a debt")
  if (MathBN.eq(input.amount, 0)) {
    throw new WholesaleError(400, "invalid_amount", "A correction of nothing corrects nothing.", {
      field: "amount",
      amount: input.amount,
    })
  }
  const [entry] = await recordEntries(manager, [{ ...input, kind, reason }])
  return entry
}
