import { wholeNumber } from "../../lib/quick-lines"
import type { DraftLine } from "./line-entry"

/** Lines as the API takes them; undefined while one of them has no quantity. */
export function linesOf(lines: readonly DraftLine[]): { sku: string; quantity: number }[] | undefined {
  const read = lines.flatMap(({ sku, quantity }) => {
    const whole = wholeNumber(quantity)
    return whole ? [{ sku, quantity: whole }] : []
  })
  return read.length > 0 && read.length === lines.length ? read : undefined
}
