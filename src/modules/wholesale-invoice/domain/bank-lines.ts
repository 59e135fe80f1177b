import { MathBN } from "@medusajs/framework/utils"
import { parse } from "csv-parse/sync"

import { messageOf } from "../../../lib/errors/message-of"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { derivedId } from "../../../lib/ids/derived-id"
import type { Amount } from "../../../lib/money/amount"
import { isExactAmount, roundAmount } from "../../../lib/money/amount"

export const DATE_ORDERS = ["ymd", "dmy", "mdy"] as const
export type DateOrder = (typeof DATE_ORDERS)[number]

/** How a bank writes its statement. */
export interface BankFormat {
  /** The titles of the columns in the first row. */
  readonly columns: {
    readonly date: string
    readonly amount: string
    /** What the payer wrote. */
    readonly reference: string
    readonly payer?: string
  }
  readonly delimiter: "," | ";" | "\t"
  readonly decimal: "." | ","
  readonly date_order: DateOrder
  /** Of the bank's account. */
  readonly currency_code: string
}

/** Money that came in. */
export interface BankLine {
  /** Follows from what the line says, and which of several equal ones it is: the same statement read again meets the same payment. */
  readonly id: string
  /** In the file, the titles being row 1. */
  readonly row: number
  readonly received_at: Date
  readonly amount: Amount
  readonly currency_code: string
  readonly reference: string
  readonly payer: string
}

export interface BankStatement {
  readonly lines: BankLine[]
  /** Rows that say no amount or no date, with what is wrong. */
  readonly unreadable: { readonly row: number; readonly message: string }[]
  /** Rows by which money went out. */
  readonly outgoing: number
}

const MAX_ROWS = 10_000

/**
 * Reads a bank's CSV. Pure. A row that cannot be read is named and holds up no other.
 *
 * @throws WholesaleError 400 `invalid_bank_statement` where the file is no CSV, a column is missing, or
 * there are more than 10,000 rows
 */
export function readBankStatement(csv: string, format: BankFormat): BankStatement {
  const [titles = [], ...rows] = rowsOf(csv, format)
  const columnOf = (title: string | undefined) => {
    const index = title === undefined ? -1 : titles.findIndex((each) => each.trim() === title)
    if (title !== undefined && index < 0) {
      throw invalid(`The file has no column "${title}".`, { column: title, columns: titles })
    }
    return index
  }
  const columns = {
    date: columnOf(format.columns.date),
    amount: columnOf(format.columns.amount),
    reference: columnOf(format.columns.reference),
    payer: columnOf(format.columns.payer),
  }
  const statement = { lines: [] as BankLine[], unreadable: [] as { row: number; message: string }[], outgoing: 0 }
  const seen = new Map<string, number>()
  rows.forEach((cells, index) => {
    const row = index + 2
    const cell = (column: number) => (cells[column] ?? "").trim()
    const received_at = dateOf(cell(columns.date), format.date_order)
    const amount = amountOf(cell(columns.amount), format)
    if (!received_at || amount === undefined) {
      const [what, column] = received_at ? ["amount", columns.amount] : ["date", columns.date]
      statement.unreadable.push({ row, message: `"${cell(Number(column))}" is no ${what}.` })
    } else if (MathBN.lte(amount, 0)) {
      statement.outgoing += 1
    } else {
      const [reference, payer] = [cell(columns.reference), cell(columns.payer)]
      const says = [cell(columns.date), amount, format.currency_code, reference, payer]
      const nth = (seen.get(JSON.stringify(says)) ?? 0) + 1
      seen.set(JSON.stringify(says), nth)
      const id = derivedId("bankline", ...says, String(nth))
      statement.lines.push({ id, row, received_at, amount, currency_code: format.currency_code, reference, payer })
    }
  })
  return statement
}

function rowsOf(csv: string, { delimiter }: BankFormat): string[][] {
  let rows: string[][]
  try {
    rows = parse(csv, { delimiter, bom: true, relax_column_count: true, skip_empty_lines: true, to: MAX_ROWS + 2 })
  } catch (error) {
    throw invalid(messageOf(error), {})
  }
  if (rows.length > MAX_ROWS + 1) {
    throw invalid(`A statement has at most ${MAX_ROWS} rows; split it.`, { limit: MAX_ROWS })
  }
  return rows
}

/** Noon UTC of the day, which is that day in every time zone people bank in but the outermost. */
function dateOf(written: string, order: DateOrder): Date | undefined {
  const parts = /^(\d{1,4})[-./](\d{1,2})[-./](\d{1,4})/.exec(written)?.slice(1)
  if (!parts) {
    return undefined
  }
  const [year, month, day] = [order.indexOf("y"), order.indexOf("m"), order.indexOf("d")].map((at) => Number(parts[at]))
  const date = new Date(Date.UTC(year < 100 ? 2_000 + year : year, month - 1, day, 12))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date : undefined
}

/** Thousands may be apart by the other sign, by a space or an apostrophe. */
function amountOf(written: string, { decimal, currency_code }: BankFormat): Amount | undefined {
  const thousands = decimal === "," ? /[.\s'’]/g : /[,\s'’]/g
  const plain = written.replace(thousands, "").replace(decimal, ".").replace(/^\+/, "")
  return /^-?\d{1,12}(\.\d{1,8})?$/.test(plain) && isExactAmount(plain, currency_code)
    ? roundAmount(plain, currency_code)
    : undefined
}

function invalid(message: string, details: Record<string, unknown>): WholesaleError {
  return new WholesaleError(400, "invalid_bank_statement", message, { field: "csv", ...details })
}
