import { WholesaleError } from "../../../lib/errors/wholesale-error"

export interface QuantityTerms {
  /** What the buyer wants, in sales units. */
  readonly quantity: number
  readonly minimum: number
  readonly multiple: number
}

/**
 * Why the quantity may not be ordered: the code, and the nearest quantity above that may. Undefined
 * where it may.
 */
export interface QuantityRefusal {
  readonly code: "quantity_not_whole" | "quantity_below_minimum" | "quantity_not_a_multiple"
  readonly next_quantity: number
}

/** Whether a quantity is whole, at least the minimum, and a multiple of the order multiple. */
export function checkQuantity({ quantity, minimum, multiple }: QuantityTerms): QuantityRefusal | undefined {
  const refused = (code: QuantityRefusal["code"]): QuantityRefusal => ({
    code,
    next_quantity: nextQuantity({ quantity, minimum, multiple }),
  })
  if (!Number.isSafeInteger(quantity) || quantity < 1) {
    return refused("quantity_not_whole")
  }
  if (quantity < minimum) {
    return refused("quantity_below_minimum")
  }
  if (quantity % multiple !== 0) {
    return refused("quantity_not_a_multiple")
  }
  return undefined
}

/** The smallest quantity at or above the wanted one that may be ordered. */
export function nextQuantity({ quantity, minimum, multiple }: QuantityTerms): number {
  const wanted = Number.isFinite(quantity) ? Math.max(quantity, minimum, 1) : Math.max(minimum, 1)
  return Math.ceil(wanted / multiple) * multiple
}

/**
 * Throws unless every line's quantity may be ordered; names all refused lines at once.
 *
 * @throws WholesaleError 400 `quantity_not_orderable` with `lines` of sku, quantity, minimum,
 * multiple, code and next_quantity
 */
export function assertOrderable(lines: readonly (QuantityTerms & { readonly sku: string })[]): void {
  const refused = lines.flatMap(({ sku, quantity, minimum, multiple }) => {
    const refusal = checkQuantity({ quantity, minimum, multiple })
    return refusal ? [{ sku, quantity, minimum, multiple, ...refusal }] : []
  })
  if (refused.length) {
    const [first] = refused
    throw new WholesaleError(
      400,
      "quantity_not_orderable",
      `${first.sku} cannot be ordered in ${first.quantity}: at least ${first.minimum}, in steps of ` +
        `${first.multiple}. The next quantity is ${first.next_quantity}` +
        (refused.length > 1 ? `; ${refused.length - 1} more lines are refused.` : "."),
      { lines: refused }
    )
  }
}
