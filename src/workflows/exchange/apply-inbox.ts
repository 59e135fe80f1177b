import type { Logger, MedusaContainer } from "@medusajs/framework/types"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import {
  createStep,
  createWorkflow,
  StepResponse,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import type { InboxRow } from "../../modules/wholesale-exchange/persistence/inbox"
import type WholesaleExchangeModuleService from "../../modules/wholesale-exchange/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { applyDocument } from "../../trade/appliers/apply-document"
import { closedBy } from "../../trade/document-flags"
import { parseDocument } from "../../trade/documents/registry"
import { APPLY_INBOX_WORKFLOW } from "../../trade/transports/local"

export interface ApplyInboxInput {
  readonly limit: number
  /** These alone; otherwise those that are due longest. */
  readonly ids?: readonly string[]
  /** ISO 8601: also what a process took before that time and may still hold. */
  readonly taken_before?: string
}

/** How long a document waits before the feature that keeps it out is looked at again. */
const CLOSED_SECONDS = 300

/**
 * Documents are taken under a lease, so that two processes never apply one at the same time. One that
 * fails keeps its error and comes again later; it holds up no other.
 */
const applyInboxStep = createStep(
  "wholesale-apply-inbox-documents",
  async ({ taken_before, ...input }: ApplyInboxInput, { container }) => {
    const rows = await container
      .resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
      .pendingInbox({ ...input, taken_before: taken_before ? new Date(taken_before) : undefined })
    let applied = 0
    for (const row of rows) {
      applied += (await applyRow(container, row)) ? 1 : 0
    }
    return new StepResponse({ taken: rows.length, applied })
  }
)

/** Takes partners' documents out of the inbox into the books of the stores they came to. */
export const applyInboxWorkflow = createWorkflow(
  APPLY_INBOX_WORKFLOW,
  (input: WorkflowData<ApplyInboxInput>) => new WorkflowResponse(applyInboxStep(input))
)

async function applyRow(container: MedusaContainer, row: InboxRow): Promise<boolean> {
  const exchange = container.resolve<WholesaleExchangeModuleService>(WHOLESALE_EXCHANGE)
  const parsed = parseDocument({
    type: row.document_type,
    id: row.document_id,
    revision: row.revision,
    incarnation: row.incarnation,
    issued_at: new Date(row.issued_at).toISOString(),
    body: row.body,
  })
  if (parsed.state === "unsupported") {
    await exchange.markUnsupported({ id: row.id, reason: parsed.reason })
    return false
  }
  if (parsed.state === "malformed") {
    await exchange.markFailed({ id: row.id, error: parsed.reason, final: true })
    return false
  }
  const closed = await closedBy(container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE), {
    store_id: row.store_id,
    type: parsed.document.type,
    way: "receive",
  })
  if (closed) {
    await exchange.postpone({
      id: row.id,
      reason: `Waits for the feature ${closed}, which is off.`,
      seconds: CLOSED_SECONDS,
    })
    return false
  }
  try {
    await applyDocument(
      container,
      { store_id: row.store_id, connection_id: row.connection_id, sender_id: row.sender_id },
      parsed.document
    )
  } catch (error) {
    const message = error instanceof Error ? error.message : JSON.stringify(error)
    container
      .resolve<Logger>(ContainerRegistrationKeys.LOGGER)
      .warn(`The ${row.document_type} ${row.document_id} was not applied: ${message}`)
    await exchange.markFailed({ id: row.id, error: message })
    return false
  }
  await exchange.markApplied({ id: row.id })
  return true
}
