import type { MedusaContainer } from "@medusajs/framework/types"

import type { Pairing } from "../../../lib/crypto/pairing/session"
import type { PairingParty } from "../../../lib/crypto/pairing/certificate"
import { startSession } from "../../../lib/crypto/session/state"
import { generateEd25519 } from "../../../lib/crypto/ed25519"
import { generateX25519 } from "../../../lib/crypto/x25519"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import { partnerId } from "../../../lib/relay/partner-id"
import { connectionId } from "../../../modules/wholesale-connection/domain/connection-id"
import { WHOLESALE_EXCHANGE } from "../../../modules/wholesale-exchange"
import type { StoreRelay } from "../../../modules/wholesale-exchange/relay-traffic"
import type WholesaleExchangeModuleService from "../../../modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../../modules/wholesale-store/service"
import { profileBody, type ProfileBody } from "../../../trade/documents/profile"
import { storeProfile } from "../../../trade/store-profile"

/** A store as it shows itself in one pairing, with the mailbox that the pairing is to have. */
export interface PreparedParty {
  readonly relay: StoreRelay
  readonly party: PairingParty
  readonly receive_id: string
  /** The store's name in documents. */
  readonly own_id: string
}

/** Makes the store ready to pair by a relay: its certificate's parts, and a mailbox at the relay. */
export async function prepareParty(
  container: MedusaContainer,
  relay: StoreRelay,
  sessionId: string
): Promise<PreparedParty> {
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const [{ identity }, mailbox, store] = await Promise.all([
    exchange.relayKeys(relay.store_id),
    exchange.traffic.mailboxFor(relay, sessionId),
    container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE).retrieveWholesaleStore(relay.store_id),
  ])
  return {
    relay,
    receive_id: mailbox.receive_id,
    own_id: partnerIdOf(identity.public_key),
    party: {
      identity,
      connection: generateX25519(),
      mailboxes: [mailbox.send_id],
      profile: Buffer.from(JSON.stringify(storeProfile(store)), "utf8"),
    },
  }
}

/** The partner that a pairing showed. */
export interface PairedPartner {
  /** This store's side of the connection. */
  readonly connection_id: string
  readonly partner_id: string
  readonly profile: ProfileBody
  /** The partner's mailbox. */
  readonly send_id: string
}

/** What a store is called by its partners elsewhere. */
export const partnerIdOf = (identityKey: Buffer): string => partnerId(identityKey.toString("base64url"))

/** @throws WholesaleError 409 `pairing_partner_unreadable` where the partner shows itself in a way that is not known here */
export function readPartner({ own_id }: PreparedParty, { partner, connection_id }: Pairing): PairedPartner {
  const profile = readProfile(partner.profile)
  const [send_id] = partner.mailboxes
  if (!profile || !send_id) {
    throw new WholesaleError(
      409,
      "pairing_partner_unreadable",
      "The partner shows itself in a way that this version does not read: bring both platforms to one version, and pair again."
    )
  }
  return {
    connection_id: connectionId(own_id, connection_id),
    partner_id: partnerIdOf(partner.identity_key),
    profile,
    send_id,
  }
}

/**
 * Stores the channel that a pairing made, and overwrites the key it is made of.
 *
 * @throws MedusaError where the mailbox belongs to another pairing by the same code
 */
export async function keepChannel(
  container: MedusaContainer,
  { relay, receive_id }: PreparedParty,
  role: "distributor" | "retailer",
  { pairing, paired }: { readonly pairing: Pairing; readonly paired: PairedPartner }
): Promise<void> {
  const { partner, root_key, connection_id, verifier } = pairing
  await container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE).openChannel({
    id: paired.connection_id,
    store_id: relay.store_id,
    role,
    relay_url: relay.relay_url,
    partner_id: paired.partner_id,
    partner_identity_key: partner.identity_key.toString("base64url"),
    verifier,
    receive_id,
    send_id: paired.send_id,
    send_key: generateEd25519(),
    session: startSession({ root_key, role, connection_id, now_ms: Date.now() }),
  })
  root_key.fill(0)
}

function readProfile(bytes: Buffer): ProfileBody | undefined {
  try {
    return profileBody.parse(JSON.parse(bytes.toString("utf8")))
  } catch {
    return undefined
  }
}
