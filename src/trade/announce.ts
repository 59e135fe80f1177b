import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"

import { messageOf } from "../lib/errors/message-of"
import { contentHash } from "../lib/hash/content-hash"
import { WHOLESALE_CONNECTION } from "../modules/wholesale-connection"
import { isFinal } from "../modules/wholesale-connection/domain/connection-machine"
import type WholesaleConnectionModuleService from "../modules/wholesale-connection/service"
import { WHOLESALE_EXCHANGE } from "../modules/wholesale-exchange"
import type WholesaleExchangeModuleService from "../modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../modules/wholesale-store"
import type WholesaleStoreModuleService from "../modules/wholesale-store/service"
import { closedBy } from "./document-flags"
import { composeDocument, type TradeDocument } from "./documents/registry"
import { DOCUMENT_SOURCES, type AnnouncedType } from "./snapshots/sources"
import { transportNamed } from "./transports/transports"

/** A row that partners are told of: its type and its own id. */
export interface DocumentRef {
  readonly type: AnnouncedType
  readonly id: string
}

/**
 * Sends a document as it is now to the partner it concerns. Sending a revision again does nothing
 * twice at the partner's.
 *
 * Nothing is sent while the feature that opens it is off for the sender; the sweeper sends it later.
 * Never throws: what went wrong is recorded with the announcement, the document stays behind its
 * announced revision, and the sweeper comes again. A partner's trouble must not fail the sender.
 */
export async function announce(container: MedusaContainer, ref: DocumentRef): Promise<void> {
  try {
    await send(container, ref)
  } catch (error) {
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`The ${ref.type} ${ref.id} was not announced: ${messageOf(error)}`)
  }
}

async function send(container: MedusaContainer, { type, id }: DocumentRef): Promise<void> {
  const source = DOCUMENT_SOURCES[type]
  const snapshot = await steadySnapshot(container, source, id)
  if (!snapshot) {
    return
  }
  const { store_id, connection_id, document_id, revision, body } = snapshot
  const stores = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
  if (await closedBy(stores, { store_id, type, way: "send" })) {
    return
  }
  const [connection, store] = await Promise.all([
    container
      .resolve<WholesaleConnectionModuleService>(WHOLESALE_CONNECTION)
      .retrieveWholesaleConnection(connection_id),
    stores.retrieveWholesaleStore(store_id),
  ])
  if (isFinal(connection.status) && type !== "connection") {
    await source.markAnnounced(container, { id, revision })
    return
  }

  const { incarnation } = store
  const record = (outcome: { status: "delivered" } | { status: "failed"; error: string }) =>
    container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE).recordAnnouncement({
      store_id,
      connection_id,
      document_type: type,
      document_id,
      revision,
      incarnation,
      content_hash: contentHash(body),
      ...outcome,
    })
  try {
    const document = composeDocument({
      type,
      id: document_id,
      revision,
      incarnation,
      issued_at: new Date().toISOString(),
      body,
    } as TradeDocument)
    await transportNamed(connection.transport).deliver(container, connection, document)
  } catch (error) {
    await record({ status: "failed", error: messageOf(error) })
    throw error
  }
  await record({ status: "delivered" })
  await source.markAnnounced(container, { id, revision })
}

/**
 * A snapshot whose parts are all of one revision: where the document moved on while it was read, a
 * revision would travel with a later one's contents, and the partner would see a desync.
 */
async function steadySnapshot(
  container: MedusaContainer,
  source: (typeof DOCUMENT_SOURCES)[AnnouncedType],
  id: string
) {
  for (;;) {
    const snapshot = await source.snapshot(container, id)
    if (!snapshot || !source.revisionOf) {
      return snapshot
    }
    if ((await source.revisionOf(container, id)) === snapshot.revision) {
      return snapshot
    }
  }
}
