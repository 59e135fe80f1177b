import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

/** An order whose holds and ledger entries tell different things. */
export interface HoldDifference {
  /** null where only the ledger knows it. */
  readonly order_id: string | null
  readonly reservation_key: string
  /**
   * `held_with_credit`: it waits, and has its credit all the same; `released_without_credit`: its holds
   * ended for it to go on, and no credit was taken; `suspended_without_hold`: it gave its credit back, and
   * nothing holds it.
   */
  readonly problem: "held_with_credit" | "released_without_credit" | "suspended_without_hold"
}

/** Compares the holds of every order of a store with the entries of its reservation. */
export async function reconcileHolds(manager: EntityManager, store_id: string): Promise<HoldDifference[]> {
  return await manager.execute<HoldDifference[]>(
    `with held as (
       select reservation_key, min(order_id) as order_id,
              bool_or(status = 'active') as waits,
              bool_or(status in ('declined', 'cancelled')) as ended
         from wholesale_credit_hold
        where store_id = ? and reservation_key is not null and deleted_at is null
        group by reservation_key
     ), credit as (
       select distinct on (reservation_key) reservation_key, kind
         from wholesale_credit_entry
        where store_id = ? and reservation_key is not null and deleted_at is null
        order by reservation_key, sequence desc
     ), compared as (
       select held.order_id, coalesce(held.reservation_key, credit.reservation_key) as reservation_key,
              case
                when held.waits and credit.kind <> 'suspend' then 'held_with_credit'
                when not held.waits and not held.ended and credit.kind is null then 'released_without_credit'
                when credit.kind = 'suspend' and not coalesce(held.waits or held.ended, false)
                  then 'suspended_without_hold'
              end as problem
         from held full join credit on credit.reservation_key = held.reservation_key
     )
     select order_id, reservation_key, problem from compared where problem is not null order by reservation_key`,
    [store_id, store_id]
  )
}
