import type { MedusaContainer } from "@medusajs/framework/types"

import type { ConnectionRow } from "../../modules/wholesale-connection/persistence/connection-rows"
import type { Envelope } from "../documents/envelope"

/**
 * Carries documents to a partner. `deliver` resolves once the document is safely with the partner or
 * in a queue that outlives this process; delivering the same revision again does nothing twice. What
 * the partner then makes of it never fails the sender.
 *
 * On the partner's side it puts the document into the inbox by `receiveDocument`, and answers there for
 * who sent it.
 */
export interface Transport {
  readonly name: string
  deliver(container: MedusaContainer, connection: ConnectionRow, envelope: Envelope): Promise<void>
}
