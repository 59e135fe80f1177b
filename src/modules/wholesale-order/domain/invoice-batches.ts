import type { PaymentTerms } from "../../../lib/terms/payment-terms"

export interface BatchPart {
  readonly order_id: string
  /** 0 for the whole order, else the sequence of the shipment. */
  readonly part: number
}

/** What an invoice has one of: orders that differ in it are invoiced apart. */
export interface BatchKey {
  readonly account_id: string
  readonly connection_id: string | null
  readonly currency_code: string
  readonly terms: PaymentTerms
}

/** A part of an order that waits to be invoiced. */
export interface WaitingPart extends BatchPart, BatchKey {
  readonly order_number: string
  /** When its goods went, or were handed over. */
  readonly supplied_at: Date
  /** At most. */
  readonly line_count: number
}

export interface Batch extends BatchKey {
  readonly parts: readonly BatchPart[]
}

/** An invoice has no more lines: its document would not travel. */
export const MAX_BATCH_LINES = 10_000

/**
 * Which parts go on one invoice: those of one account, connection, currency and terms, the orders that were
 * supplied first in front, the parts of an order together. What would be too long is split between orders
 * (or parts of one). The same parts in any order give the same batches.
 */
export function batchesOf(waiting: readonly WaitingPart[], maxLines = MAX_BATCH_LINES): Batch[] {
  const groups = new Map<string, WaitingPart[]>()
  for (const part of inTurn(waiting)) {
    const key = batchKey(part)
    groups.set(key, [...(groups.get(key) ?? []), part])
  }
  return [...groups.values()].flatMap((group) => {
    const { account_id, connection_id, currency_code, terms } = group[0]
    return split(group, maxLines).map((parts) => ({
      account_id,
      connection_id,
      currency_code,
      terms,
      parts: parts.map(({ order_id, part }) => ({ order_id, part })),
    }))
  })
}

/** The first member in which a part does not fit the others, as it is called; none where all fit. */
export function misfit(parts: readonly WaitingPart[]): { part: WaitingPart; differs_in: keyof BatchKey } | undefined {
  const [first, ...rest] = parts
  for (const part of rest) {
    const differs_in = BATCH_MEMBERS.find((member) => canonical(part[member]) !== canonical(first[member]))
    if (differs_in) {
      return { part, differs_in }
    }
  }
  return undefined
}

const BATCH_MEMBERS = ["account_id", "currency_code", "connection_id", "terms"] as const satisfies (keyof BatchKey)[]

const batchKey = (part: BatchKey): string => BATCH_MEMBERS.map((member) => canonical(part[member])).join(" ")

/** Terms come out of the database with their members in any order. */
function canonical(member: BatchKey[keyof BatchKey]): string {
  if (member === null || typeof member === "string") {
    return JSON.stringify(member)
  }
  const { type, days, discount } = member
  return JSON.stringify([type, days, discount && [discount.percent, discount.days]])
}

function inTurn(waiting: readonly WaitingPart[]): WaitingPart[] {
  const firstOf = new Map<string, number>()
  for (const { order_id, supplied_at } of waiting) {
    firstOf.set(order_id, Math.min(firstOf.get(order_id) ?? Infinity, supplied_at.getTime()))
  }
  return [...waiting].sort(
    (one, other) =>
      (firstOf.get(one.order_id) ?? 0) - (firstOf.get(other.order_id) ?? 0) ||
      compare(one.order_number, other.order_number) ||
      compare(one.order_id, other.order_id) ||
      one.part - other.part
  )
}

const compare = (one: string, other: string): number => (one < other ? -1 : Number(one > other))

function split(parts: readonly WaitingPart[], maxLines: number): WaitingPart[][] {
  const split: WaitingPart[][] = []
  let lines = Infinity
  for (const part of parts) {
    if (lines + part.line_count > maxLines) {
      split.push([])
      lines = 0
    }
    split[split.length - 1].push(part)
    lines += part.line_count
  }
  return split
}
