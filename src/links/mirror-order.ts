import { defineLink } from "@medusajs/framework/utils"
import OrderModule from "@medusajs/medusa/order"

import WholesaleInvoiceModule from "../modules/wholesale-invoice"

/** From a mirror to its core order, by the id that the mirror keeps. */
export default defineLink(
  { linkable: WholesaleInvoiceModule.linkable.wholesaleMirror, field: "core_order_id" },
  OrderModule.linkable.order,
  { readOnly: true }
)
