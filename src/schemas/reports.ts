import { z } from "@medusajs/framework/zod"

import { rowId } from "./common"

/** A calendar day, `2026-01-31`, in UTC. */
const day = z.iso.date().transform((written) => new Date(`${written}T00:00:00.000Z`))
/** The first and the last day of a period; by default the thirty days that end today. */
const period = { from: day.optional(), to: day.optional() }

/** As it was at the end of the day; today where none is named. */
export const ageing = z.strictObject({ as_of: day.optional(), account_id: rowId.optional() })
export const daysSalesOutstanding = z.strictObject(period).refine(isInOrder, { message: "is after to", path: ["from"] })
export const statement = z.strictObject(period).refine(isInOrder, { message: "is after to", path: ["from"] })

function isInOrder({ from, to }: { from?: Date; to?: Date }): boolean {
  return !from || !to || from <= to
}
