import type { FlagName } from "../modules/wholesale-store/domain/feature-flags"
import type WholesaleStoreModuleService from "../modules/wholesale-store/service"
import type { DocumentType } from "./documents/registry"

interface DocumentFlags {
  /** What lets a store send such a document. */
  readonly send: FlagName
  /** What lets a store take one in. */
  readonly receive: FlagName
}

const BOTH_SIDES: DocumentFlags = { send: "retailer_connections", receive: "retailer_connections" }
const TO_RETAILERS: DocumentFlags = { send: "retailer_connections", receive: "distributor_ordering" }

const FLAGS_OF: Readonly<Record<DocumentType, DocumentFlags>> = {
  profile: BOTH_SIDES,
  connection: BOTH_SIDES,
  catalog: TO_RETAILERS,
  purchase_order: { send: "distributor_ordering", receive: "retailer_connections" },
  order_response: TO_RETAILERS,
  order: TO_RETAILERS,
  receipt: { send: "wholesale_receiving", receive: "retailer_connections" },
  invoice: TO_RETAILERS,
  credit_note: TO_RETAILERS,
  payment: TO_RETAILERS,
}

/**
 * The feature that is off and keeps the store from sending or taking in such a document now; undefined
 * where nothing does. A document that is kept waits until the feature is on: nothing of it is lost.
 */
export async function closedBy(
  stores: WholesaleStoreModuleService,
  { store_id, type, way }: { store_id: string; type: DocumentType; way: keyof DocumentFlags }
): Promise<FlagName | undefined> {
  const flag = FLAGS_OF[type][way]
  const flags = await stores.effectiveFlags(store_id)
  return flags[flag].enabled ? undefined : flag
}
