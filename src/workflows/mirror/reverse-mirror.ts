import type { MedusaContainer } from "@medusajs/framework/types"

import { derivedId } from "../../lib/ids/derived-id"
import { subtractAmounts } from "../../lib/money/amount"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { Mirror } from "../../modules/wholesale-invoice/persistence/mirrors/mirrors"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { reverseCoreOrder } from "./reverse-core-order"

/**
 * Takes the core order of a mirror back, once, because the wholesale order was cancelled or its invoice
 * is open again: what is left of its payment is refunded and it counts no longer. A mirror that was
 * planned and not made is called off.
 *
 * The mirror is reversed first: from then on nobody makes its core order, so that there is one to take
 * back or there will be none. Running it again goes on where it broke off.
 */
export async function reverseMirror(
  container: MedusaContainer,
  { id, store_id }: Pick<Mirror, "id" | "store_id">
): Promise<void> {
  const invoices = container.resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
  const mirror = await invoices.markMirrorReversed({ id, store_id })
  if (mirror.made_at === null || mirror.core_reversed_at !== null) {
    return
  }
  await reverseCoreOrder(container, {
    core_order_id: mirror.core_order_id,
    refund_id: derivedId("ref", id, "reversal"),
    amount_left: subtractAmounts(mirror.total, mirror.refunded_total, mirror.currency_code),
    note: `Wholesale invoice ${mirror.invoice_number} of order ${mirror.order_number} was taken back`,
  })
  await invoices.markCoreOrderReversed({ id, store_id })
}
