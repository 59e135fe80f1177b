import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { lockAccount } from "../ledger/accounts"
import { entryOfKey } from "../ledger/entries"
import type { SettleInput } from "../ledger/reservations"
import { findReservation, post, voidReservation } from "../ledger/reservations"
import type { CreditEntry } from "../ledger/rows"
import { endHolds, holdsOfReservation } from "./hold-rows"
import type { WaitingOrder } from "./rows"
import { waitingOrders } from "./rows"

/**
 * Turns the reservation into balance, once: the order is approved. The same key again answers the entry.
 *
 * @throws WholesaleError 409 `order_on_credit_hold` with `holds` while anything holds it; 409 `not_allowed`
 * with the reservation's status and the allowed events; 409 `credit_key_reused`; 404
 */
export async function postOrderCredit(manager: EntityManager, input: SettleInput): Promise<CreditEntry> {
  const { store_id, account_id, reservation_key } = input
  const account = await lockAccount(manager, store_id, account_id)
  const holds = (await holdsOfReservation(manager, store_id, reservation_key)).filter(isActive)
  const [waiting] = waitingOrders(holds)
  if (waiting && !(await entryOfKey(manager, account, input.key))) {
    throw orderOnCreditHold(waiting)
  }
  return await post(manager, input)
}

/**
 * Ends what an order asks of the account before it is approved: it was rejected or cancelled, or has
 * expired. Its holds end as `cancelled`, and its reservation, if it has one, is given back. Each once;
 * the same key again answers the entry it made.
 *
 * @returns the entry; null where the order had waited and never had credit
 * @throws WholesaleError 409 `not_allowed` once it is posted or void; 409 `credit_key_reused`; 404 where
 * nothing was asked for under this name
 */
export async function voidOrderCredit(manager: EntityManager, input: SettleInput): Promise<CreditEntry | null> {
  const { store_id, account_id, reservation_key, actor } = input
  const account = await lockAccount(manager, store_id, account_id)
  const holds = await holdsOfReservation(manager, store_id, reservation_key)
  await endHolds(manager, holds.filter(isActive), { status: "cancelled", reason: input.reason ?? null, actor })
  if (await findReservation(manager, account, reservation_key)) {
    return await voidReservation(manager, input)
  }
  if (holds.length === 0) {
    throw notFound("Credit reservation", reservation_key)
  }
  return null
}

/** 409 for an order that is to go on while it waits, with the reasons and their figures. */
export function orderOnCreditHold({ order_id, account_id, holds }: WaitingOrder): WholesaleError {
  return new WholesaleError(
    409,
    "order_on_credit_hold",
    `Order ${order_id} waits for credit (${holds.map(({ kind }) => kind).join(", ")}). ` +
      `Decide about it, or make room on account ${account_id}.`,
    {
      order_id,
      account_id,
      holds: holds.map(({ id, kind, basis, figures }) => ({ id, kind, basis, figures })),
    }
  )
}

const isActive = ({ status }: { readonly status: string }) => status === "active"
