import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { messageOf } from "../../lib/errors/message-of"
import { managerOf, transactionOf } from "../../lib/sql/transaction"
import { RelayIdentities } from "./relay-identities"
import { insertChannel, lockChannel, openSendKey, type ChannelRow, type NewChannel } from "./relay/channel"
import * as outbox from "./relay/outbox"
import { receiveDocuments } from "./relay/receive-documents"
import { requireOpen, sealDocuments, type DocumentsToSeal } from "./relay/seal-documents"
import * as sending from "./relay/sending"
import { takeIn, type TakenIn } from "./relay/take-in"
import * as upkeep from "./relay/upkeep"

/** What a batch of messages from one mailbox led to. */
export interface TakenFromMailbox extends Pick<TakenIn, "has_replies" | "desync"> {
  readonly channel: upkeep.ChannelRef
  /** Inbox documents that wait to be applied. */
  readonly inbox_ids: readonly string[]
}

/**
 * The channels under connections to stores elsewhere, as far as they happen inside the database: their
 * keys, the outbox of sealed messages and what was taken in. Nothing here waits for a network.
 */
export abstract class RelayExchange extends RelayIdentities {
  /** Stores the keys that pairing left; the same channel again changes nothing. */
  @InjectTransactionManager()
  async openChannel(
    channel: NewChannel,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await insertChannel(transactionOf(sharedContext), this.vault_, channel)
  }

  /** @throws WholesaleError 404 for another store's as for a missing one */
  @InjectManager()
  async retrieveChannel(
    { id, store_id }: upkeep.ChannelRef,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<upkeep.VisibleChannel> {
    return await upkeep.visibleChannel(managerOf(sharedContext), { id, store_id })
  }

  /**
   * Seals documents for a channel's partner into the outbox: once this returns they are under way,
   * whatever becomes of this process. An edition that is under way is not sealed again.
   *
   * @throws WholesaleError 409 `channel_not_open`, 413 `document_too_large`, 503 `relay_queue_full`
   */
  @InjectTransactionManager()
  async sealDocuments(
    input: Omit<DocumentsToSeal, "identity">,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    const { identity } = await this.relayKeys(input.store_id, sharedContext)
    await sealDocuments(transactionOf(sharedContext), this.vault_, { ...input, identity })
  }

  /**
   * Takes messages from one of the store's mailboxes in: documents into the inbox, receipts to the
   * outbox, all in one transaction. The same messages again change nothing.
   *
   * @returns undefined for a mailbox that no channel takes messages from any more
   */
  @InjectTransactionManager()
  async takeInMessages(
    { store_id, receive_id, messages }: { store_id: string; receive_id: string; messages: readonly Buffer[] },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<TakenFromMailbox | undefined> {
    const manager = transactionOf(sharedContext)
    const channel = await lockChannel(manager, this.vault_, { store_id, receive_id })
    if (!channel || !["open", "closing"].includes(channel.row.status)) {
      return undefined
    }
    const { documents, has_replies, desync, revoked } = await takeIn(manager, this.vault_, channel, messages)
    const inbox_ids = await receiveDocuments(manager, channel.row, documents)
    if (revoked) {
      await upkeep.closedByPartner(manager, channel.row.id)
    }
    return { channel: { id: channel.row.id, store_id }, inbox_ids, has_replies, desync }
  }

  /** Channels that have something to send, a page at a time. */
  @InjectManager()
  async channelsToSend(
    page: { limit: number; after?: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<upkeep.ChannelRef[]> {
    return await sending.channelsToSend(managerOf(sharedContext), page)
  }

  /** Takes a channel's outbox, with what is needed to send it; undefined where somebody else has it. */
  @InjectManager()
  async beginSending(
    ref: upkeep.ChannelRef,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<sending.TakenOutbox | undefined> {
    const manager = managerOf(sharedContext)
    const channel = await sending.beginSending(manager, ref)
    const key = channel && (await openSendKey(manager, this.vault_, channel))
    return key && { channel, key }
  }

  /** What is to be sent next over a channel, as much as one request takes. */
  @InjectManager()
  async dueMessages(
    channelId: string,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<outbox.DueMessage[]> {
    return await outbox.dueMessages(managerOf(sharedContext), channelId)
  }

  @InjectManager()
  async markSent(
    messages: readonly outbox.DueMessage[],
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await outbox.markSent(managerOf(sharedContext), messages)
  }

  /** Gives a channel's outbox back. @returns whether more came in since it was read */
  @InjectManager()
  async endSending(
    outcome: sending.SendingOutcome,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<boolean> {
    const manager = managerOf(sharedContext)
    await sending.endSending(manager, outcome)
    return outcome.failure === null && (await sending.hasUnsent(manager, outcome.id))
  }

  /**
   * Says on every channel whose heartbeat is due that this side is there. One that fails keeps no other
   * from it: why stands on the channel, and it is tried again when the next is due.
   *
   * @returns those that succeeded
   * @throws WholesaleError 500 `master_key_missing`, or what all of them failed of
   */
  @InjectManager()
  async beatDue(
    { limit }: { limit: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<upkeep.ChannelRef[]> {
    await this.vault_.masterKeys()
    const manager = managerOf(sharedContext)
    const beaten: upkeep.ChannelRef[] = []
    const failures: unknown[] = []
    for (const ref of await upkeep.heartbeatsDue(manager, limit)) {
      try {
        await this.beat(ref)
        beaten.push(ref)
      } catch (error) {
        failures.push(error)
        const failure = messageOf(error)
        await upkeep.noteFailedBeat(manager, { id: ref.id, failure, seconds: this.options_.relayHeartbeatSeconds })
      }
    }
    if (failures.length && beaten.length === 0) {
      throw failures[0]
    }
    return beaten
  }

  /** Says on one channel, now, that this side is there. */
  @InjectTransactionManager()
  async beat(
    ref: upkeep.ChannelRef,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await upkeep.beat(transactionOf(sharedContext), this.vault_, ref, this.options_.relayHeartbeatSeconds)
  }

  /**
   * Offers the partner new keys now, without waiting for the old ones to grow old.
   *
   * @returns false where an offer waits for its answer already
   * @throws WholesaleError 409 `channel_not_open`
   */
  @InjectTransactionManager()
  async rekey(
    { id, store_id }: upkeep.ChannelRef,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<boolean> {
    const manager = transactionOf(sharedContext)
    const channel = requireOpen(await lockChannel(manager, this.vault_, { id, store_id }), id)
    return await upkeep.offerKeys(manager, this.vault_, channel)
  }

  /** Ends a channel: what is under way still goes out, and the keys are destroyed after it. Again it does nothing. */
  @InjectTransactionManager()
  async closeChannel(
    { id, store_id }: upkeep.ChannelRef,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    const manager = transactionOf(sharedContext)
    const channel = await lockChannel(manager, this.vault_, { id, store_id })
    if (channel && channel.row.status !== "desync") {
      await upkeep.beginClosing(manager, this.vault_, channel)
    } else {
      await upkeep.endContradicting(manager, { id, store_id })
    }
  }

  /** Channels whose keys are to be destroyed now. */
  @InjectManager()
  async channelsToForget(
    { limit }: { limit: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<ChannelRow[]> {
    return await upkeep.channelsToForget(managerOf(sharedContext), limit)
  }

  /** Destroys a channel's keys for good. */
  @InjectTransactionManager()
  async forgetChannel(id: string, @MedusaContext() sharedContext: Context<EntityManager> = {}): Promise<void> {
    await upkeep.forgetChannel(transactionOf(sharedContext), id)
  }
}
