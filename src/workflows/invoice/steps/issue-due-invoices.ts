import type { Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { createStep, StepResponse } from "@medusajs/framework/workflows-sdk"

import { messageOf } from "../../../lib/errors/message-of"
import type { Order } from "../../../modules/wholesale-order/persistence/rows"
import { announce } from "../../../trade/announce"
import { issueDueInvoices } from "../issue-due-invoices"

/**
 * Issues what the order's event made due. The event stands whatever happens here: an invoice that
 * could not be issued stays due on the order, and the sweeper issues it.
 */
export const issueDueInvoicesStep = createStep(
  "wholesale-issue-due-invoices",
  async (
    { at, invoice_parts_due, ...order }: Pick<Order, "id" | "store_id" | "invoice_parts_due"> & { readonly at?: string },
    { container }
  ) => {
    if (invoice_parts_due.length === 0) {
      return new StepResponse()
    }
    try {
      const invoices = await issueDueInvoices(container, order, at ? new Date(at) : undefined)
      for (const { id, connection_id } of invoices) {
        if (connection_id) {
          await announce(container, { type: "invoice", id })
        }
      }
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `Order ${order.id} waits for its invoice: ${messageOf(error)}`
        )
    }
    return new StepResponse()
  }
)
