import { MathBN } from "@medusajs/framework/utils"

import { WholesaleError } from "../../../lib/errors/wholesale-error"

/** Core's quantities and ours are four-byte integers with room to sum. */
const MAX_QUANTITY = 100_000_000

/**
 * @throws WholesaleError 400 `order_without_lines`; 400 `invalid_order_line` with `line_number`, for a
 *   quantity that is no whole number above zero or a negative price or rate
 */
export function assertDraftLines(
  lines: readonly {
    readonly sku: string
    readonly quantity: number
    readonly unit_price: string
    readonly tax_rate: string
  }[]
): void {
  if (lines.length === 0) {
    throw new WholesaleError(400, "order_without_lines", "An order needs at least one line.")
  }
  lines.forEach(({ sku, quantity, unit_price, tax_rate }, index) => {
    const wrong =
      !Number.isInteger(quantity) || quantity <= 0 || quantity > MAX_QUANTITY
        ? `quantity ${quantity} is no whole number from 1 to ${MAX_QUANTITY}`
        : MathBN.lt(unit_price, 0)
          ? `unit price ${unit_price} is negative`
          : MathBN.lt(tax_rate, 0)
            ? `tax rate ${tax_rate} is negative`
            : undefined
    if (wrong) {
      throw new WholesaleError(400, "invalid_order_line", `Line ${index + 1} (${sku}): ${wrong}.`, {
        line_number: index + 1,
        sku,
      })
    }
  })
}

/** @throws WholesaleError 400 `invalid_order_charge` with `charge_number`, for a negative amount or rate */
export function assertDraftCharges(
  charges: readonly { readonly name: string; readonly amount: string; readonly tax_rate: string }[]
): void {
  charges.forEach(({ name, amount, tax_rate }, index) => {
    if (MathBN.lt(amount, 0) || MathBN.lt(tax_rate, 0)) {
      throw new WholesaleError(
        400,
        "invalid_order_charge",
        `Charge ${index + 1} (${name}): neither amount nor tax rate may be negative.`,
        { charge_number: index + 1, name, amount, tax_rate }
      )
    }
  })
}
