import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { OrderKey } from "./reads"
import { ORDER_COLUMNS, type Order } from "./rows"

/** How long whoever made the goods ready, or took the first attempt, has to send the notice, in seconds. */
const LEASE_SECONDS = 60
const LONGEST_WAIT_SECONDS = 24 * 60 * 60

/** A buyer who is still to be told that the goods wait. */
export interface DuePickupNotice extends Order {
  /** The number of this attempt, from 1; no other attempt on the order has it. */
  readonly pickup_notice_attempts: number
}

/** The members that make a notice due, first to the caller and after a minute to the sweeper. */
export const pickupNoticeDue = () => ({
  pickup_notice_due_at: new Date(Date.now() + LEASE_SECONDS * 1_000),
  pickup_notice_attempts: 0,
})

/** The members of an order whose goods wait no more. */
export const NO_PICKUP_NOTICE_DUE = { pickup_notice_due_at: null }

const TAKEN = `
  update "wholesale_order"
  set pickup_notice_attempts = pickup_notice_attempts + 1,
      pickup_notice_due_at = now() + make_interval(
        secs => least(${LEASE_SECONDS} * power(2, least(pickup_notice_attempts, 20)), ${LONGEST_WAIT_SECONDS}))`

/** See `WholesaleOrderModuleService.takeFirstPickupNotice`. */
export async function takeFirstPickupNotice(
  em: EntityManager,
  { id, store_id }: OrderKey
): Promise<DuePickupNotice | undefined> {
  const [notice] = await em.execute<DuePickupNotice[]>(
    `${TAKEN}
     where id = ? and store_id = ? and pickup_notice_due_at is not null and pickup_notice_attempts = 0
     returning ${ORDER_COLUMNS}, pickup_notice_attempts`,
    [id, store_id]
  )
  return notice
}

/** See `WholesaleOrderModuleService.takeOverPickupNotices`. */
export async function takeOverPickupNotices(
  em: EntityManager,
  { limit = 100, before }: { readonly limit?: number; readonly before?: Date }
): Promise<DuePickupNotice[]> {
  return await em.execute<DuePickupNotice[]>(
    `${TAKEN}
     where id in (
       select id from "wholesale_order"
       where deleted_at is null
         and pickup_notice_due_at <= greatest(now(), ?::timestamptz + make_interval(secs => ?))
       order by pickup_notice_due_at limit ? for update skip locked
     )
     returning ${ORDER_COLUMNS}, pickup_notice_attempts`,
    [before ?? null, LEASE_SECONDS, limit]
  )
}

/** See `WholesaleOrderModuleService.settlePickupNotice`. */
export async function settlePickupNotice(em: EntityManager, { id, store_id }: OrderKey): Promise<void> {
  await em.execute(
    `update "wholesale_order" set pickup_notice_due_at = null
     where id = ? and store_id = ? and pickup_notice_due_at is not null`,
    [id, store_id]
  )
}
