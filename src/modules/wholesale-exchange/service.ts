import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import type { Context } from "@medusajs/framework/types"
import { InjectManager, InjectTransactionManager, MedusaContext } from "@medusajs/framework/utils"

import { managerOf, transactionOf } from "../../lib/sql/transaction"
import type { AnnouncementStatus } from "./domain/announcement"
import type { InboxState } from "./domain/inbox"
import * as announcements from "./persistence/announcements"
import * as inbox from "./persistence/inbox"
import * as marks from "./persistence/inbox-marks"
import { RelayService } from "./relay-service"

const LEASE_SECONDS = 60

/** What was told to partners, and what came from them: the inbox is the truth, workers only empty it. */
class WholesaleExchangeModuleService extends RelayService {
  /**
   * Records that a revision was handed to the connection's transport, or why not. Again for the same
   * revision it counts an attempt; what was delivered stays delivered.
   */
  @InjectManager()
  async recordAnnouncement(
    announcement: announcements.Announcement,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ id: string; status: AnnouncementStatus; attempts: number }> {
    return await announcements.record(managerOf(sharedContext), announcement)
  }

  /**
   * Puts a partner's document into the inbox. Receiving it again changes nothing and answers the same
   * row. `new` waits to be applied and supersedes older revisions that still wait; `known` was there;
   * `older` than what is there is kept and never applied; `desync` came under a held revision with
   * another content, which is kept beside the first; `unsupported` and `malformed` are kept with the
   * reason.
   */
  @InjectTransactionManager()
  async receive(
    document: inbox.ReceivedDocument,
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<{ id: string; state: InboxState }> {
    const [received] = await inbox.receiveAll(transactionOf(sharedContext), [document])
    return received
  }

  /**
   * Takes documents to apply, those due longest first: any number of processes may ask at once and
   * none gets what another has. Each taken counts an attempt; unless it is marked within
   * `lease_seconds` (60), it becomes due again.
   *
   * @param input.ids only these
   * @param input.taken_before also what was taken before that time and is not marked, whatever its lease
   */
  @InjectManager()
  async pendingInbox(
    input: inbox.TakeDueInput & { readonly lease_seconds?: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<inbox.InboxRow[]> {
    return await inbox.takeDue(managerOf(sharedContext), {
      ...input,
      lease_seconds: input.lease_seconds ?? LEASE_SECONDS,
    })
  }

  /** Once applied it stays so, whatever is marked later. */
  @InjectManager()
  async markApplied(
    { id }: { id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await marks.markApplied(managerOf(sharedContext), id)
  }

  /** What waits to be applied from an ended connection is not tried again: its partner sends it over another. */
  @InjectManager()
  async ignoreWaiting(
    input: { store_id: string; connection_id: string; reason: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await marks.ignoreWaiting(managerOf(sharedContext), input)
  }

  /** This version of the plugin cannot read it: kept until `retryUnsupported`. */
  @InjectManager()
  async markUnsupported(
    { id, reason }: { id: string; reason: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await marks.markUnsupported(managerOf(sharedContext), { id, reason })
  }

  /**
   * Keeps the error and tries again after 5 s, doubled with each attempt, an hour at most.
   *
   * @param input.final not by itself any more: waits for `retry`
   */
  @InjectTransactionManager()
  async markFailed(
    { id, error, final = false }: { id: string; error: string; final?: boolean },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await marks.markFailed(transactionOf(sharedContext), { id, error, final })
  }

  /** A taken document cannot be applied for now: it comes again after `seconds`, and no attempt counts. */
  @InjectManager()
  async postpone(
    input: { id: string; reason: string; seconds: number },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await marks.postpone(managerOf(sharedContext), input)
  }

  /** Makes what was postponed due now, of all stores: what kept it may be gone. */
  @InjectManager()
  async wakePostponed(@MedusaContext() sharedContext: Context<EntityManager> = {}): Promise<void> {
    await marks.wakePostponed(managerOf(sharedContext))
  }

  /**
   * A person lets a failed or unsupported document be tried again, at once.
   *
   * @throws WholesaleError 404, or 409 `not_allowed` for any other status
   */
  @InjectTransactionManager()
  async retry(
    input: { id: string; store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await marks.retry(transactionOf(sharedContext), input)
  }

  /**
   * A person has seen a failed, unsupported or desynchronised document and lets it rest; its content,
   * and what conflicted with it, stay.
   *
   * @throws WholesaleError 404, or 409 `not_allowed` for any other status
   */
  @InjectTransactionManager()
  async dismiss(
    input: { id: string; store_id: string },
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<void> {
    await marks.dismiss(transactionOf(sharedContext), input)
  }

  /** After an upgrade: every unsupported document becomes due once more. @returns how many */
  @InjectTransactionManager()
  async retryUnsupported(
    @MedusaContext() sharedContext: Context<EntityManager> = {}
  ): Promise<number> {
    return await marks.retryUnsupported(transactionOf(sharedContext))
  }
}

export default WholesaleExchangeModuleService
