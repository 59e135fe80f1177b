import type { HoldReason } from "./types/credit"

export interface Figure {
  /** Key of the figure; empty for a line that speaks for itself. */
  readonly name: string
  readonly value: string
}

/** Members of an error's details that its sentence already says, or that say nothing to people. */
const UNSAID = /^(document|id|number|part|header|event|set_by|level|flags|currency_code|reason|relay|relay_code|reasons|holds|retry_after_seconds|scope|window_seconds|.*_ids?)$/

/** The order in which people read them; all others follow as they come. */
const FIRST = ["limit", "exposure", "order_amount", "over_by"]
const AMOUNTS = new Set([...FIRST, "amount", "outstanding", "total", "paid_total", "credited_total"])

/**
 * The figures in an error's details, as lines for people: amounts, quantities, one line for each
 * item or field that is named.
 */
export function figuresOf(details: Readonly<Record<string, unknown>>): Figure[] {
  const currency = details.currency_code
  const unit = typeof currency === "string" ? ` ${currency.toUpperCase()}` : ""
  return Object.entries(details)
    .filter(([name]) => !UNSAID.test(name))
    .sort(([a], [b]) => place(a) - place(b))
    .flatMap(([name, value]) => linesOf(name, value))
    .map(({ name, value }) => ({ name, value: AMOUNTS.has(name) ? value + unit : value }))
}

/** The rules that an error names as what holds an order, with their figures. */
export function holdReasonsOf({ reasons, holds }: Readonly<Record<string, unknown>>): HoldReason[] {
  const named: unknown = reasons ?? holds
  return Array.isArray(named) ? named.filter(isHoldReason) : []
}

export interface QuantityChange {
  readonly sku: string
  readonly before: number
  readonly after: number
}

/** The quantities that an edit of an order's lines changed, as its history tells them. */
export function quantityChangesOf({ lines }: Readonly<Record<string, unknown>>): QuantityChange[] {
  return Array.isArray(lines) ? lines.filter(isQuantityChange) : []
}

function isQuantityChange(line: unknown): line is QuantityChange {
  return typeof line === "object" && line !== null && "sku" in line && "before" in line && "after" in line
}

function isHoldReason(named: unknown): named is HoldReason {
  return typeof named === "object" && named !== null && "kind" in named && "basis" in named && "figures" in named
}

function place(name: string): number {
  const index = FIRST.indexOf(name)
  return index === -1 ? FIRST.length : index
}

function linesOf(name: string, value: unknown): Figure[] {
  if (Array.isArray(value)) {
    return value.every(isPlain)
      ? value.length === 0
        ? []
        : [{ name, value: value.join(", ") }]
      : value.map((item) => ({ name: "", value: itemLine(item) }))
  }
  return isPlain(value) ? [{ name, value: String(value) }] : []
}

function itemLine(item: unknown): string {
  if (typeof item !== "object" || item === null) {
    return String(item)
  }
  if ("path" in item && "message" in item) {
    return [item.path, item.message].filter(Boolean).join(": ")
  }
  return Object.entries(item)
    .filter(([, value]) => isPlain(value))
    .map(([name, value]) => `${name} ${String(value)}`)
    .join(", ")
}

function isPlain(value: unknown): boolean {
  return ["string", "number", "boolean"].includes(typeof value)
}
