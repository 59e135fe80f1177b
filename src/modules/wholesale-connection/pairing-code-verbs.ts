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
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { readPairingCode } from "./domain/pairing-code"
import { PairingKeys, pairingKeys } from "./domain/pairing-keys"
import { WholesaleConnection } from "./models/connection"
import { WholesaleConnectionEvent } from "./models/connection-event"
import { WholesalePairingAttempt } from "./models/pairing-attempt"
import { WholesalePairingCode } from "./models/pairing-code"
import { ConnectionModuleOptions, readOptions } from "./options"
import * as claims from "./persistence/pairing-claims"
import * as codes from "./persistence/pairing-codes"
import * as relayCodes from "./persistence/relay-codes"

/** The codes by which stores find each other, on this backend and by a relay. */
export abstract class PairingCodes extends MedusaService({
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
   * Keeps a code that a partner on another platform will enter, in the slot that the relay gave. It
   * counts towards the same ration as any other. With an `id` that is there, answers that code.
   *
   * @throws WholesaleError 429 `pairing_codes_rationed`
   */
  @InjectTransactionManager()
  async keepRelayCode(
    input: Omit<relayCodes.NewRelayCode, "keys">,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<codes.VisiblePairingCode> {
    return await relayCodes.keepRelayCode(transactionOf(sharedContext), { ...input, keys: this.keys_ })
  }

  /** How long a code that is made now can be used, in seconds. */
  get pairingCodeSeconds(): number {
    return this.options_.pairingCodeMinutes * 60
  }

  /** The session of a code that was made for a relay, whatever became of it; undefined for other codes. */
  @InjectManager()
  async relaySessionOf(
    input: { id: string; store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ session_id: string; relay_url: string } | undefined> {
    return await relayCodes.relaySessionOf(managerOf(sharedContext), input)
  }

  /** Stores that wait for somebody to enter a code by a relay. */
  @InjectManager()
  async relaysAwaitingPairing(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ store_id: string; relay_url: string }[]> {
    return await relayCodes.relaysAwaitingPairing(managerOf(sharedContext))
  }

  /**
   * Counts an attempt at a code before it is answered, for the answer already tells a guesser whether he
   * was right. Committed by itself: nothing that follows takes it back.
   *
   * @returns what to answer with; undefined where the code cannot be used, or has no attempts left
   */
  async countRelayAttempt(input: {
    store_id: string
    session_id: string
  }): Promise<relayCodes.AttemptedCode | undefined> {
    return await this.countRelayAttempt_(input)
  }

  @InjectTransactionManager()
  protected async countRelayAttempt_(
    input: { store_id: string; session_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<relayCodes.AttemptedCode | undefined> {
    return await relayCodes.countAttempt(transactionOf(sharedContext), { ...input, keys: this.keys_ })
  }

  /** Uses a code up for the partner that knew it: of any number at once, one. @returns whether it was this one */
  @InjectTransactionManager()
  async useRelayCode(
    input: { store_id: string; session_id: string; pairing_id: string; partner_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<boolean> {
    return await relayCodes.useCode(transactionOf(sharedContext), input)
  }

  /**
   * Whether a store may enter another code, by whatever relay.
   *
   * @throws WholesaleError 429 `pairing_guesses_exceeded` after ten wrong ones in an hour, or 600 of all
   */
  @InjectManager()
  async assertMayGuess(
    storeId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    const limited = await claims.guessLimit(managerOf(sharedContext), storeId)
    if (limited) {
      throw limited
    }
  }

  /** Remembers that a store entered a code at a relay, and whether it was right. */
  @InjectManager()
  async recordGuess(
    { store_id, succeeded }: { store_id: string; succeeded: boolean },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await claims.recordAttempt(managerOf(sharedContext), store_id, succeeded)
  }
}
