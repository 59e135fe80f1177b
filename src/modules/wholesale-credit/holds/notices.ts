import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Amount } from "../../../lib/money/amount"
import { insertRecordsSql } from "../../../lib/sql/insert-records"
import type { HoldReason } from "../domain/credit-check"
import type { NoticeEvent } from "../domain/hold"
import type { CreditRequest } from "./rows"

/** Something about a held order that the credit manager and the sales representative are to be told. */
export interface CreditNotice {
  readonly id: string
  readonly store_id: string
  readonly account_id: string
  readonly order_id: string
  readonly event: NoticeEvent
  readonly details: NoticeDetails
  /** The number of this attempt, from 1; no other attempt has it. */
  readonly attempts: number
}

export interface NoticeDetails {
  readonly amount: Amount
  readonly currency_code: string
  /** Why it is or was held. */
  readonly reasons: readonly Pick<HoldReason, "kind" | "basis" | "figures">[]
  /** Of a decision. */
  readonly reason?: string
  readonly is_override?: boolean
  readonly child_order_id?: string
}

const LEASE_SECONDS = 60
const LONGEST_WAIT_SECONDS = 24 * 60 * 60

export async function writeNotice(
  manager: EntityManager,
  { store_id, account_id, order_id }: Pick<CreditRequest, "store_id" | "account_id" | "order_id">,
  event: NoticeEvent,
  details: NoticeDetails
): Promise<void> {
  await manager.execute(
    insertRecordsSql("wholesale_credit_notice", [
      "id", "store_id", "account_id", "order_id", "event", "details", "due_at", "attempts",
    ]),
    [
      JSON.stringify([
        {
          id: generateEntityId(undefined, "whcrednot"),
          store_id,
          account_id,
          order_id,
          event,
          details,
          due_at: new Date(),
          attempts: 0,
        },
      ]),
    ]
  )
}

export interface TakeNoticesInput {
  readonly limit?: number
  /** Only these orders' notices: for who has just held or released them. */
  readonly order_ids?: readonly string[]
}

/**
 * Takes notices that are due, oldest first, each for one caller alone: it is due again a minute later
 * unless settled, then after two, four, … up to a day.
 */
export async function takeNotices(
  manager: EntityManager,
  { limit = 100, order_ids }: TakeNoticesInput
): Promise<CreditNotice[]> {
  return await manager.execute<CreditNotice[]>(
    `update wholesale_credit_notice
        set attempts = attempts + 1, updated_at = now(),
            due_at = now() + make_interval(
              secs => least(${LEASE_SECONDS} * power(2, least(attempts, 20)), ${LONGEST_WAIT_SECONDS}))
      where id in (
        select id from wholesale_credit_notice
         where due_at <= now() and deleted_at is null
           ${order_ids ? "and order_id in (select json_array_elements_text(?::json))" : ""}
         order by due_at limit ? for update skip locked
      )
      returning id, store_id, account_id, order_id, event, details, attempts`,
    [...(order_ids ? [JSON.stringify(order_ids)] : []), limit]
  )
}

/** The notice has gone out, or has nobody to go to. Once is enough; again changes nothing. */
export async function settleNotice(
  manager: EntityManager,
  { id, store_id }: { readonly id: string; readonly store_id: string }
): Promise<void> {
  await manager.execute(
    `update wholesale_credit_notice set due_at = null, sent_at = now(), updated_at = now()
      where id = ? and store_id = ? and due_at is not null`,
    [id, store_id]
  )
}
