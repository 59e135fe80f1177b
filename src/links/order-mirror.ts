import { defineLink } from "@medusajs/framework/utils"
import OrderModule from "@medusajs/medusa/order"

import WholesaleInvoiceModule from "../modules/wholesale-invoice"

/** From a core order to the mirror it was made for. */
export default defineLink(
  { linkable: OrderModule.linkable.order, field: "id" },
  { ...WholesaleInvoiceModule.linkable.wholesaleMirror.id, primaryKey: "core_order_id" },
  { readOnly: true }
)
