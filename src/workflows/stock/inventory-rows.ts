import { generateEntityId } from "@medusajs/framework/utils"

import { insertRecordsSql, rawAmount } from "../../lib/sql/insert-records"
import type { StockItem } from "../../modules/wholesale-stock/domain/stock-movement"
import type { StockTransaction } from "./move-stock"

/*
 * The statements on core's inventory tables. Core's service writes row by row through entities, which
 * takes seconds for an order of a thousand lines; here it is one statement whatever the number.
 * Quantities are changed by what is added, never overwritten, and `raw_` columns stay in step.
 */

export interface InventoryLevelKey {
  readonly inventory_item_id: string
  readonly location_id: string
}

export interface LockedLevel extends InventoryLevelKey {
  readonly stocked: string
  readonly reserved: string
}

/** What is added to a level; negative takes away. */
export interface LevelChange extends InventoryLevelKey {
  readonly stocked?: number | string
  readonly reserved?: number | string
}

export interface NewReservation extends InventoryLevelKey {
  readonly quantity: number
  readonly allow_backorder: boolean
  readonly external_id: string
  readonly description: string
  readonly metadata: Readonly<Record<string, string>>
}

/** The exact value of a quantity pair of columns. */
const exact = (table: string, column: string) =>
  `coalesce((${table}.raw_${column}->>'value')::numeric, ${table}.${column})`

/** A `raw_` column with a new value. */
const raw = (value: string) => `jsonb_build_object('value', trim_scale(${value})::text, 'precision', 20)`

/**
 * Locks the levels of the items at the locations until the transaction ends, in item and location
 * order, and reads them as they are once locked.
 */
export async function lockLevels(
  { manager }: StockTransaction,
  levels: readonly InventoryLevelKey[]
): Promise<LockedLevel[]> {
  if (levels.length === 0) {
    return []
  }
  return await manager.execute<LockedLevel[]>(
    `select inventory_item_id, location_id,
            ${exact("l", "stocked_quantity")}::text as stocked,
            ${exact("l", "reserved_quantity")}::text as reserved
     from inventory_level l
     where inventory_item_id in (?) and location_id in (?) and deleted_at is null
     order by inventory_item_id, location_id for update`,
    [
      [...new Set(levels.map((level) => level.inventory_item_id))],
      [...new Set(levels.map((level) => level.location_id))],
    ]
  )
}

/** Opens levels with nothing on them; those that exist are left as they are. */
export async function openLevels(
  { manager, events }: StockTransaction,
  levels: readonly InventoryLevelKey[]
): Promise<void> {
  const rows = levels.map(({ inventory_item_id, location_id }) => ({
    id: generateEntityId(undefined, "ilev"),
    inventory_item_id,
    location_id,
    stocked_quantity: 0,
    raw_stocked_quantity: rawAmount("0"),
    reserved_quantity: 0,
    raw_reserved_quantity: rawAmount("0"),
    incoming_quantity: 0,
    raw_incoming_quantity: rawAmount("0"),
  }))
  if (rows.length === 0) {
    return
  }
  const statement = insertRecordsSql("inventory_level", Object.keys(rows[0]), { onConflictDoNothing: true })
  const opened = await manager.execute<{ id: string }[]>(`${statement} returning id`, [JSON.stringify(rows)])
  events.add(
    "inventory_level",
    "created",
    opened.map(({ id }) => id)
  )
}

/** Adds to stocked and reserved quantities; changes of one level are summed. */
export async function changeLevels(
  { manager, events }: StockTransaction,
  changes: readonly LevelChange[]
): Promise<void> {
  if (changes.length === 0) {
    return
  }
  const stocked = `${exact("l", "stocked_quantity")} + c.stocked`
  const reserved = `${exact("l", "reserved_quantity")} + c.reserved`
  const changed = await manager.execute<{ id: string }[]>(
    `update inventory_level l
     set stocked_quantity = ${stocked}, raw_stocked_quantity = ${raw(stocked)},
         reserved_quantity = ${reserved}, raw_reserved_quantity = ${raw(reserved)},
         updated_at = now()
     from (
       select inventory_item_id, location_id, coalesce(sum(stocked), 0) as stocked, coalesce(sum(reserved), 0) as reserved
       from json_to_recordset(?::json)
         as change(inventory_item_id text, location_id text, stocked numeric, reserved numeric)
       group by inventory_item_id, location_id
     ) c
     where l.inventory_item_id = c.inventory_item_id and l.location_id = c.location_id and l.deleted_at is null
     returning l.id`,
    [JSON.stringify(changes)]
  )
  events.add(
    "inventory_level",
    "updated",
    changed.map(({ id }) => id)
  )
}

/** Writes reservations, without their effect on the levels. Answers their ids, in order. */
export async function insertReservations(
  { manager, events }: StockTransaction,
  reservations: readonly NewReservation[]
): Promise<string[]> {
  const rows = reservations.map((reservation) => ({
    id: generateEntityId(undefined, "resitem"),
    inventory_item_id: reservation.inventory_item_id,
    location_id: reservation.location_id,
    quantity: reservation.quantity,
    raw_quantity: rawAmount(String(reservation.quantity)),
    allow_backorder: reservation.allow_backorder,
    external_id: reservation.external_id,
    description: reservation.description,
    metadata: reservation.metadata,
  }))
  if (rows.length === 0) {
    return []
  }
  await manager.execute(insertRecordsSql("reservation_item", Object.keys(rows[0])), [JSON.stringify(rows)])
  const ids = rows.map(({ id }) => id)
  events.add("reservation_item", "created", ids)
  return ids
}

/**
 * Lowers the reservations the items were taken with and deletes those used up. Answers the effect on
 * the levels they stand at now: a reservation that somebody made smaller, moved or removed by hand
 * gives what is left of it.
 */
export async function lowerReservations(
  { manager, events }: StockTransaction,
  items: readonly StockItem[]
): Promise<LevelChange[]> {
  const asked = items.flatMap(({ reservation_id, quantity }) =>
    reservation_id ? [{ id: reservation_id, quantity }] : []
  )
  if (asked.length === 0) {
    return []
  }
  const lowered = await manager.execute<
    (InventoryLevelKey & { id: string; taken: string; used_up: boolean })[]
  >(
    `with asked as (
       select id, sum(quantity) as quantity
       from json_to_recordset(?::json) as item(id text, quantity numeric) group by id
     ), held as (
       select r.id, r.inventory_item_id, r.location_id, ${exact("r", "quantity")} as before,
              least(a.quantity, ${exact("r", "quantity")}) as taken
       from reservation_item r join asked a on a.id = r.id
       where r.deleted_at is null
       order by r.id for update of r
     ), deleted as (
       delete from reservation_item r using held h where r.id = h.id and h.taken = h.before
     ), lowered as (
       update reservation_item r
       set quantity = h.before - h.taken, raw_quantity = ${raw("h.before - h.taken")}, updated_at = now()
       from held h where r.id = h.id and h.taken < h.before
     )
     select id, inventory_item_id, location_id, taken::text, taken = before as used_up from held`,
    [JSON.stringify(asked)]
  )
  for (const [action, usedUp] of [["deleted", true], ["updated", false]] as const) {
    const ids = lowered.filter(({ used_up }) => used_up === usedUp).map(({ id }) => id)
    events.add("reservation_item", action, ids)
  }
  return lowered.map(({ inventory_item_id, location_id, taken }) => ({
    inventory_item_id,
    location_id,
    reserved: `-${taken}`,
  }))
}
