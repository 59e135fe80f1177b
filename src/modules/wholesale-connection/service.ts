import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { notFound } from "../../lib/errors/wholesale-error"
import type { KeyPage } from "../../lib/sql/key-page"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { assertActive, PartnerProfile } from "./domain/partner-document"
import * as announcements from "./persistence/connection-announcements"
import { ConnectionRow, endedBefore, EndedConnection, readConnection } from "./persistence/connection-rows"
import { PairingCodes } from "./pairing-code-verbs"
import * as connections from "./persistence/connections"

/** How a store finds its partners: pairing codes, and its own side of every connection. */
class WholesaleConnectionModuleService extends PairingCodes {
  /**
   * Makes the retailer's side of a pairing: active on this side, requested on the distributor's. Again
   * for the same pairing it answers the side that is there.
   *
   * @throws WholesaleError 409 `already_connected` while another connection to that distributor lives
   */
  @InjectTransactionManager()
  async requestConnection(
    input: connections.ConnectionRequest,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ConnectionRow> {
    return await connections.request(transactionOf(sharedContext), input)
  }

  /** @throws WholesaleError 409 `already_connected` while a connection to that partner in that role lives */
  @InjectManager()
  async assertNotConnected(
    side: { store_id: string; partner_store_id: string; role: "distributor" | "retailer" },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await connections.assertNotConnected(managerOf(sharedContext), side)
  }

  /**
   * Applies the partner's `connection` document; makes the distributor's side at the first one.
   * A revision that is not newer than the one applied changes nothing.
   *
   * @returns the side, and whether the document changed it
   * @throws WholesaleError 404 when the partner did not enter a code of this store
   * @throws WholesaleError 409 `connection_role_mismatch`, `partner_status_final` or `already_connected`
   */
  @InjectTransactionManager()
  async receiveConnection(
    input: connections.ReceivedConnection,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ connection: ConnectionRow; applied: boolean }> {
    return await connections.receive(transactionOf(sharedContext), input)
  }

  /**
   * Replaces what is known of the partner, from its `profile` document. The same profile again changes
   * nothing.
   *
   * @throws WholesaleError 404
   */
  @InjectTransactionManager()
  async receivePartnerProfile(
    input: { id: string; store_id: string; profile: PartnerProfile },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    if (!(await announcements.writePartnerProfile(transactionOf(sharedContext), input))) {
      throw notFound("connection", input.id)
    }
  }

  /**
   * A decision on this store's own side, with history and a raised revision.
   *
   * @throws WholesaleError 404
   * @throws WholesaleError 409 `not_allowed` with the effective status and the allowed events
   * @throws WholesaleError 400 `connection_account_missing` when approved without an account
   */
  @InjectTransactionManager()
  async decide(
    input: connections.ConnectionDecision,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ConnectionRow> {
    return await connections.decide(transactionOf(sharedContext), input)
  }

  /**
   * The connection, if trade may go over it.
   *
   * @throws WholesaleError 404, or 409 `connection_not_active` with both sides' status
   */
  @InjectManager()
  async activeConnection(
    storeId: string,
    id: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ConnectionRow> {
    const connection = await readConnection(managerOf(sharedContext), { id, store_id: storeId })
    if (!connection) {
      throw notFound("connection", id)
    }
    assertActive(connection)
    return connection
  }

  /** Connections of the store with the same partner in the same role that have ended, the oldest first. */
  @InjectManager()
  async endedBefore(
    connection: { id: string; store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<EndedConnection[]> {
    return await endedBefore(managerOf(sharedContext), connection)
  }

  /**
   * Raises the revision of every living connection of the store, so that its changed profile reaches
   * the partners; once for a revision of the profile, however often it is called.
   *
   * @returns ids of the connections that were raised
   */
  @InjectTransactionManager()
  async raiseRevisions(
    profile: announcements.ChangedProfile,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<string[]> {
    return await announcements.raiseRevisions(transactionOf(sharedContext), profile)
  }

  /** The sides whose revision has not been announced yet, of all stores. */
  @InjectTransactionManager()
  async connectionsToAnnounce(
    page: KeyPage,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ConnectionRow[]> {
    return await announcements.connectionsToAnnounce(transactionOf(sharedContext), page)
  }

  /** Remembers that the partner has this revision; never goes back to an older one. */
  @InjectTransactionManager()
  async markAnnounced(
    input: { id: string; revision: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await announcements.markAnnounced(transactionOf(sharedContext), input)
  }
}

export default WholesaleConnectionModuleService
