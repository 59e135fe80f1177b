import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { PartToReturn } from "../../modules/wholesale-invoice/persistence/invoices/returned-parts"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_ORDER } from "../../modules/wholesale-order"
import type WholesaleOrderModuleService from "../../modules/wholesale-order/service"

/** Lets a part of an order whose invoice is void wait to be put on another one; once, whoever comes. */
export async function returnInvoicePart(
  container: MedusaContainer,
  { id, store_id, order_id, part }: PartToReturn
): Promise<void> {
  await container
    .resolve<WholesaleOrderModuleService>(WHOLESALE_ORDER)
    .returnInvoicePart({ id: order_id, store_id, part, key: id })
  await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .markPartReturned({ id, store_id })
}
