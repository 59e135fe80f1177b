import type { IWorkflowEngineService, Logger } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"
import { connectionId } from "../../modules/wholesale-connection/domain/connection-id"
import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { receiveDocument } from "../receive-document"
import type { Transport } from "./transport"

/** Run by its name: appliers start workflows that announce, and would import this file in a circle. */
export const APPLY_INBOX_WORKFLOW = "wholesale-apply-inbox"

/**
 * Between two stores of this backend: the document is put into the partner's inbox and applied at
 * once. Applying that fails leaves it in the inbox, from where the partner's sweeper tries again.
 */
export const localTransport: Transport = {
  name: "local",
  async deliver(container, connection, envelope) {
    if (!connection.partner_store_id) {
      throw new Error(`Connection ${connection.id} names no partner on this backend.`)
    }
    const received = await receiveDocument(
      container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE),
      {
        store_id: connection.partner_store_id,
        connection_id: connectionId(connection.partner_store_id, connection.pairing_id),
        sender_id: connection.store_id,
      },
      envelope
    )
    if (received.state !== "new") {
      return
    }
    try {
      await container
        .resolve<IWorkflowEngineService>(Modules.WORKFLOW_ENGINE)
        .run(APPLY_INBOX_WORKFLOW, { input: { ids: [received.id], limit: 1 } })
    } catch (error) {
      container
        .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
        .warn(
          `Inbox document ${received.id} waits to be applied: ${messageOf(error)}`
        )
    }
  },
}
