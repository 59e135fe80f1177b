import { z } from "@medusajs/framework/zod"

import { addDays, startOfDay } from "../lib/calendar/days"
import { rowId } from "./common"

const DAYS_OF_A_PERIOD = 30

/** A calendar day, `2026-01-31`, in UTC. */
const day = z.iso.date().transform((written) => new Date(`${written}T00:00:00.000Z`))

/** The first and the last day of a period; the thirty days that end with the last, or today. */
const period = z
  .strictObject({ from: day.optional(), to: day.optional() })
  .transform(({ from, to = startOfDay(new Date()) }) => ({ from: from ?? addDays(to, 1 - DAYS_OF_A_PERIOD), to }))
  .refine(({ from, to }) => from <= to, { message: "is after to, which is today where none is named", path: ["from"] })

/** As it was at the end of the day; today where none is named. */
export const ageing = z.strictObject({ as_of: day.optional(), account_id: rowId.optional() })
export const daysSalesOutstanding = period
export const statement = period
