import { MedusaService } from "@medusajs/framework/utils"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WholesaleAnnouncement } from "./models/announcement"
import { WholesaleDataKey } from "./models/data-key"
import { WholesaleInboxDocument } from "./models/inbox-document"
import { WholesaleRelayChannel } from "./models/relay-channel"
import { WholesaleRelayIdentity } from "./models/relay-identity"
import { WholesaleRelayIncoming } from "./models/relay-incoming"
import { WholesaleRelayOutgoing } from "./models/relay-outgoing"
import { ExchangeModuleOptions, readOptions } from "./options"
import { Vault } from "./relay/vault"

/** The operator's master key, and what is kept under it. */
export abstract class RelayVault extends MedusaService({
  WholesaleAnnouncement,
  WholesaleInboxDocument,
  WholesaleDataKey,
  WholesaleRelayIdentity,
  WholesaleRelayChannel,
  WholesaleRelayOutgoing,
  WholesaleRelayIncoming,
}) {
  protected readonly options_: ExchangeModuleOptions
  protected readonly vault_: Vault

  constructor(_: object, options?: unknown) {
    super(...arguments)
    this.options_ = readOptions(options)
    this.vault_ = new Vault(this.options_)
  }

  /** @throws WholesaleError 500 `master_key_missing`, `master_key_malformed` */
  async requireMasterKey(): Promise<void> {
    await this.vault_.masterKeys()
  }

  /** Why the relay cannot be used here for now; undefined where nothing keeps it. */
  async relayObstacle(): Promise<WholesaleError | undefined> {
    try {
      await this.vault_.masterKeys()
      return undefined
    } catch (error) {
      if (error instanceof WholesaleError) {
        return error
      }
      throw error
    }
  }
}
