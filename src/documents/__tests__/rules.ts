import type { ReadInvoice, Terms } from "./read-terms"

/** Ten-thousandths, so that no rule is checked in floats. */
const SCALE = 10_000n

export function exact(text: string): bigint {
  const [, sign, whole, fraction = ""] = /^(-?)(\d+)(?:\.(\d{1,4}))?$/.exec(text) ?? fail(`${text} is no amount`)
  const value = BigInt(whole) * SCALE + BigInt(fraction.padEnd(4, "0"))
  return sign ? -value : value
}

const fail = (message: string): never => {
  throw new Error(message)
}
const one = (terms: Terms, term: string): string => terms[term]?.[0] ?? fail(`${term} is missing`)
const amount = (terms: Terms, term: string): bigint => exact(one(terms, term))
const sum = (values: readonly bigint[]): bigint => values.reduce((total, value) => total + value, 0n)

/** Mandatory terms (BR-01 to BR-16, BR-21 to BR-26). */
const REQUIRED = [
  "BT-1", "BT-2", "BT-3", "BT-5", "BT-24", "BT-27", "BT-40", "BT-44", "BT-55", "BT-106", "BT-109", "BT-110", "BT-112", "BT-115",
]
const REQUIRED_ON_LINE = ["BT-126", "BT-129", "BT-130", "BT-131", "BT-146", "BT-151", "BT-153"]

/**
 * Which business rules of EN 16931-1 a document breaks, written down here once more from the norm, since no
 * package of npm carries its official Schematron.
 */
export function brokenRules(invoice: ReadInvoice): string[] {
  const broken: string[] = []
  const rule = (name: string, holds: boolean) => {
    if (!holds) {
      broken.push(name)
    }
  }
  const { terms, lines, charges, breakdown, transfers } = invoice
  const has = (term: string) => (terms[term]?.[0] ?? "").trim() !== ""
  REQUIRED.forEach((term) => rule(`${term} missing`, has(term)))
  rule("BR-16", lines.length > 0)
  lines.forEach((line) => REQUIRED_ON_LINE.forEach((term) => rule(`${term} missing`, one(line, term).trim() !== "")))
  if (broken.length > 0) {
    return broken
  }
  const of = (adds: string) => charges.filter((charge) => one(charge, "adds") === adds)
  const added = of("true")
  const taken = of("false")
  const total = (group: readonly Terms[]) => sum(group.map((charge) => amount(charge, "amount")))
  const nothing = (term: string) => (has(term) ? amount(terms, term) : 0n)

  rule("BR-CO-10", amount(terms, "BT-106") === sum(lines.map((line) => amount(line, "BT-131"))))
  rule("BR-CO-11", nothing("BT-107") === total(taken))
  rule("BR-CO-12", nothing("BT-108") === total(added))
  rule("BR-CO-13", amount(terms, "BT-109") === amount(terms, "BT-106") - nothing("BT-107") + nothing("BT-108"))
  rule("BR-CO-14", amount(terms, "BT-110") === sum(breakdown.map((row) => amount(row, "BT-117"))))
  rule("BR-CO-15", amount(terms, "BT-112") === amount(terms, "BT-109") + amount(terms, "BT-110"))
  rule("BR-CO-16", amount(terms, "BT-115") === amount(terms, "BT-112") - nothing("BT-113"))
  rule("BR-CO-18", breakdown.length > 0)
  rule("BR-CO-25", amount(terms, "BT-115") <= 0n || has("BT-9") || has("BT-20"))
  rule("BR-CO-26", has("BT-30") || has("BT-31"))
  rule("BR-CO-09", ["BT-31", "BT-48"].every((term) => !has(term) || /^[A-Z]{2}/.test(one(terms, term))))
  rule("BR-27", lines.every((line) => amount(line, "BT-146") >= 0n))
  rule("BR-61", transfers.every((transfer) => one(transfer, "BT-84") !== ""))
  charges.forEach((charge) => rule("BR-33, BR-38", one(charge, "reason") !== "" && amount(charge, "amount") >= 0n))
  rule("BR-DEC", moneyOf(invoice).every((text) => /^-?\d+(\.\d{1,2})?$/.test(text)))

  const keys = breakdown.map((row) => keyOf(row))
  rule("one row for a category and rate", new Set(keys).size === keys.length)
  for (const row of breakdown) {
    const category = one(row, "BT-118")
    const rate = exact(row["BT-119"]?.[0] ?? "0")
    const base = (group: readonly Terms[]) => total(group.filter((charge) => keyOf(charge, "category", "rate") === keyOf(row)))
    const onLines = sum(lines.filter((line) => keyOf(line, "BT-151", "BT-152") === keyOf(row)).map((line) => amount(line, "BT-131")))
    rule(`BR-${category}-08`, amount(row, "BT-116") === onLines + base(added) - base(taken))
    // The official rule lets the tax be off by less than one unit of the currency.
    const exactTax = (amount(row, "BT-116") * rate) / (100n * SCALE)
    rule("BR-CO-17", magnitude(amount(row, "BT-117") - exactTax) < SCALE)
    rule(`BR-${category}-05`, category === "S" ? rate > 0n : rate === 0n)
    rule(`BR-${category}-10`, ["S", "Z"].includes(category) !== Boolean(row["BT-120"] ?? row["BT-121"]))
    rule("BR-48", category === "O" ? !row["BT-119"] : Boolean(row["BT-119"]))
    partiesByCategory(category, has, rule)
  }
  rule("every tax has its row", [...lines.map((line) => keyOf(line, "BT-151", "BT-152")), ...charges.map((charge) => keyOf(charge, "category", "rate"))].every((key) => keys.includes(key)))
  rule("BR-O-11", !keys.some((key) => key.startsWith("O ")) || keys.length === 1)
  return broken
}

function partiesByCategory(category: string, has: (term: string) => boolean, rule: (name: string, holds: boolean) => void): void {
  if (["S", "Z", "E"].includes(category)) {
    rule(`BR-${category}-02`, has("BT-31") || has("BT-32"))
  }
  if (category === "AE") {
    rule("BR-AE-02", (has("BT-31") || has("BT-32")) && (has("BT-48") || has("BT-47")))
  }
  if (category === "K") {
    rule("BR-IC-02", has("BT-31") && has("BT-48"))
    rule("BR-IC-11", has("BT-72"))
    rule("BR-IC-12", has("BT-80"))
  }
  if (category === "G") {
    rule("BR-G-02", has("BT-31"))
  }
  if (category === "O") {
    rule("BR-O-02", !has("BT-31") && !has("BT-48"))
  }
}

const keyOf = (terms: Terms, category = "BT-118", rate = "BT-119"): string => `${one(terms, category)} ${terms[rate]?.[0] ?? "none"}`
const magnitude = (value: bigint): bigint => (value < 0n ? -value : value)

/** Everything that is an amount of money, and no price. */
const moneyOf = ({ terms, lines, charges, breakdown }: ReadInvoice): string[] => [
  ...["BT-106", "BT-107", "BT-108", "BT-109", "BT-110", "BT-112", "BT-113", "BT-115"].flatMap((term) => terms[term] ?? []),
  ...lines.flatMap((line) => line["BT-131"] ?? []),
  ...charges.flatMap((charge) => charge.amount ?? []),
  ...breakdown.flatMap((row) => [...(row["BT-116"] ?? []), ...(row["BT-117"] ?? [])]),
]
