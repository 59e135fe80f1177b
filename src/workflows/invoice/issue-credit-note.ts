import { emitEventStep } from "@medusajs/medusa/core-flows"
import {
  createStep,
  createWorkflow,
  StepResponse,
  transform,
  WorkflowResponse,
  type WorkflowData,
} from "@medusajs/framework/workflows-sdk"

import type { Actor } from "../../lib/actor/actor"
import { WholesaleEvents } from "../../events"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { CreditNoteScope } from "../../modules/wholesale-invoice/persistence/credit-notes/issue-credit-note"
import type { CreditNote } from "../../modules/wholesale-invoice/persistence/rows"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import type WholesaleStoreModuleService from "../../modules/wholesale-store/service"
import { recheckCreditStep } from "../credit/steps/recheck-credit"
import { announceStep } from "../exchange/steps/announce"
import { postCreditNote } from "./post-receivable"

export interface IssueCreditNoteInput {
  /** Derived where a retry must meet the same credit note. */
  readonly id?: string
  readonly store_id: string
  readonly invoice_id: string
  readonly scope: CreditNoteScope
  readonly reason: string
  /** ISO 8601; now where it is not given. */
  readonly issued_at?: string
  readonly actor: Actor
}

const issueCreditNoteStep = createStep(
  "wholesale-issue-credit-note",
  async ({ issued_at, scope, ...input }: IssueCreditNoteInput, { container }) => {
    const { credit_note_number_pattern } = await container
      .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      .retrieveWholesaleStore(input.store_id, { select: ["id", "credit_note_number_pattern"] })
    const issued = await container
      .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
      .issueCreditNote({
        ...input,
        ...scope,
        number_pattern: credit_note_number_pattern,
        issued_at: issued_at ? new Date(issued_at) : undefined,
      })
    return new StepResponse(issued)
  }
)

const postCreditNoteStep = createStep(
  "wholesale-post-credit-note",
  async (note: CreditNote, { container }) => {
    await postCreditNote(container, note)
    return new StepResponse()
  }
)

/**
 * Takes a part of an invoice back. The account's balance falls by it; on a paid invoice that is credit
 * on account, and the mirrored order is refunded by it.
 *
 * @throws WholesaleError 409 `credit_exceeds_invoice`, `credit_exceeds_line`, `not_allowed`; 404
 */
export const issueCreditNoteWorkflow = createWorkflow(
  "wholesale-issue-credit-note",
  (input: WorkflowData<IssueCreditNoteInput>) => {
    const issued = issueCreditNoteStep(input)
    postCreditNoteStep(transform(issued, ({ credit_note }) => credit_note))
    announceStep(
      transform(issued, ({ credit_note, invoice }) =>
        invoice.connection_id
          ? [
              { type: "invoice" as const, id: invoice.id },
              { type: "credit_note" as const, id: credit_note.id },
            ]
          : []
      )
    )
    recheckCreditStep(
      transform({ issued, input }, (data) => ({
        store_id: data.input.store_id,
        account_id: data.issued.credit_note.account_id,
        actor: data.input.actor,
      }))
    )
    emitEventStep({
      eventName: WholesaleEvents.CREDIT_NOTE_ISSUED,
      data: transform(issued, ({ credit_note }) => ({
        id: credit_note.id,
        store_id: credit_note.store_id,
        invoice_id: credit_note.invoice_id,
      })),
    })
    return new WorkflowResponse(issued)
  }
)
