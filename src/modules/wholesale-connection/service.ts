import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { ConfigModule, Context } from "@medusajs/framework/types"
import {
  InjectManager,
  InjectTransactionManager,
  MedusaContext,
  MedusaService,
} from "@medusajs/framework/utils"

import type { Actor } from "../../lib/actor/actor"
import { serverKey } from "../../lib/crypto/server-key"
import { notFound } from "../../lib/errors/wholesale-error"
import type { KeyPage } from "../../lib/sql/key-page"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { readPairingCode } from "./domain/pairing-code"
import { PairingKeys, pairingKeys } from "./domain/pairing-keys"
import { assertActive, PartnerProfile } from "./domain/partner-document"
import { WholesaleConnection } from "./models/connection"
import { WholesaleConnectionEvent } from "./models/connection-event"
import { WholesalePairingAttempt } from "./models/pairing-attempt"
import { WholesalePairingCode } from "./models/pairing-code"
import { ConnectionModuleOptions, readOptions } from "./options"
import * as announcements from "./persistence/connection-announcements"
import { ConnectionRow, readConnection } from "./persistence/connection-rows"
import * as connections from "./persistence/connections"
import * as claims from "./persistence/pairing-claims"
import * as codes from "./persistence/pairing-codes"

/** How a store finds its partners: pairing codes, and its own side of every connection. */
class WholesaleConnectionModuleService extends MedusaService({
  WholesaleConnection,
  WholesaleConnectionEvent,
  WholesalePairingAttempt,
  WholesalePairingCode,
}) {
  protected readonly options_: ConnectionModuleOptions
  protected readonly keys_: PairingKeys

  constructor(
    { configModule }: { configModule?: Pick<ConfigModule, "projectConfig"> },
    options?: unknown
  ) {
    super(...arguments)
    const read = readOptions(options)
    this.options_ = read
    this.keys_ = pairingKeys(() =>
      serverKey({
        serverKey: read.serverKey,
        jwtSecret: configModule?.projectConfig?.http?.jwtSecret,
      })
    )
  }

  /**
   * Makes a code for a partner to enter within ten minutes (option `pairingCodeMinutes`). A store has
   * at most five active at a time. With an `id` given, the same call again answers the same code.
   *
   * @throws WholesaleError 429 `pairing_codes_rationed` with `active`, `limit` and `next_free_at`
   * @throws WholesaleError 429 `pairing_slots_taken` when the whole backend has no code left
   * @throws WholesaleError 500 `server_key_missing`
   */
  @InjectTransactionManager()
  async generatePairingCode(
    { id, store_id, actor }: { id?: string; store_id: string; actor: Actor },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<codes.VisiblePairingCode> {
    return await codes.createCode(transactionOf(sharedContext), {
      id,
      store_id,
      actor,
      minutes: this.options_.pairingCodeMinutes,
      keys: this.keys_,
    })
  }

  /** The store's codes that can still be entered, readable. */
  @InjectTransactionManager()
  async activePairingCodes(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<codes.VisiblePairingCode[]> {
    return await codes.activeCodes(transactionOf(sharedContext), {
      store_id: storeId,
      keys: this.keys_,
    })
  }

  /**
   * Uses a code up: of any number of claims at once, one gets it. Takes no caller's transaction, for a
   * wrong guess stays counted whatever becomes of the caller.
   *
   * @param input.code as typed by a person
   * @throws WholesaleError 400 `pairing_code_malformed`, which no limit counts
   * @throws WholesaleError 404 `pairing_code_not_found` for wrong, expired, used and cancelled alike
   * @throws WholesaleError 409 `pairing_with_itself`
   * @throws WholesaleError 429 `pairing_code_locked` after five wrong guesses at a code
   * @throws WholesaleError 429 `pairing_guesses_exceeded` after ten of a caller or 600 of all in an hour
   */
  async claimPairingCode(input: {
    code: string
    caller_store_id: string
  }): Promise<claims.ClaimedPairingCode> {
    const outcome = await this.claimPairingCode_(input)
    if ("refusal" in outcome) {
      throw outcome.refusal
    }
    return outcome.claimed
  }

  @InjectTransactionManager()
  protected async claimPairingCode_(
    { code, caller_store_id }: { code: string; caller_store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<claims.ClaimOutcome> {
    return await claims.claimCode(transactionOf(sharedContext), {
      code: readPairingCode(code),
      caller_store_id,
      keys: this.keys_,
    })
  }

  /**
   * @throws WholesaleError 404 for another store's code as for a missing one
   * @throws WholesaleError 409 `not_allowed` unless the code is active
   */
  @InjectTransactionManager()
  async cancelPairingCode(
    input: { id: string; store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await codes.cancelCode(transactionOf(sharedContext), input)
  }

  /**
   * Closes the codes whose time is over, erases their secrets and forgets old attempts. Safe to run in
   * several processes at once.
   *
   * @returns how many codes expired
   */
  @InjectTransactionManager()
  async expirePairingCodes(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<number> {
    const manager = transactionOf(sharedContext)
    await claims.forgetAttempts(manager)
    return await codes.expireCodes(manager)
  }

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
