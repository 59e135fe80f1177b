import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"
import { generateEntityId } from "@medusajs/framework/utils"

import type { Actor } from "../../../../lib/actor/actor"
import { eventNotAllowed } from "../../../../lib/state-machine/state-machine"
import type { AllocationStrategy, Choice } from "../../domain/allocation-plan"
import type { Posting } from "../posting"
import type { Invoice } from "../rows"
import type { CreditSource, SourceRef } from "./credit-source"
import { lockSource, raiseRevision } from "./credit-source"
import {
  allocationsOfOperation,
  invoicesOfOperation,
  postingsOfOperation,
} from "./payment-reads"
import { choicesOf, put } from "./put"
import type { Released } from "./release"
import { releaseAllocations } from "./release"
import type { Allocation } from "./rows"

export interface AllocateInput {
  /** Makes the allocation once, however often it is asked for. */
  readonly id?: string
  readonly store_id: string
  readonly source: SourceRef
  readonly strategy: AllocationStrategy
  readonly allocations?: readonly Choice[]
  /** When it takes effect; now where it is not given, and not before the money was free. */
  readonly at?: Date
  readonly actor: Actor
}

export interface Allocated {
  readonly account_id: string
  readonly allocations: Allocation[]
  readonly invoices: Invoice[]
  readonly postings: Posting[]
}

/**
 * Puts what a payment or credit note leaves unapplied to invoices of its account. A discount counts by
 * the day on which the payment was received. The same id again answers what it made.
 *
 * Lock order: source, invoices by id, mirrors.
 *
 * @throws WholesaleError 409 `allocation_exceeds_unapplied`, `payment_exceeds_outstanding`,
 * `account_mismatch`; 409 `not_allowed` of a void payment or on an invoice with nothing open;
 * 400 `invalid_amount`; 404
 */
export async function allocateCredit(
  manager: EntityManager,
  input: AllocateInput
): Promise<Allocated> {
  const { store_id, actor, strategy } = input
  const source = await lockSource(manager, { ...input.source, store_id })
  const operation_id = input.id ?? generateEntityId(undefined, "whalloc")
  const known = await allocationsOfOperation(manager, operation_id)
  if (!known.length) {
    assertNotVoid(source, "allocate")
    const choices = choicesOf(input.allocations ?? [], source.currency_code)
    const at = input.at ?? new Date()
    const invoices = await put(manager, { operation_id, source, strategy, choices, at, actor })
    if (invoices.length) {
      await raiseRevision(manager, source)
    }
  }
  return {
    account_id: source.account_id,
    allocations: await allocationsOfOperation(manager, operation_id),
    invoices: await invoicesOfOperation(manager, operation_id),
    postings: await postingsOfOperation(manager, { store_id, operation_id }),
  }
}

export interface UnallocateInput {
  readonly store_id: string
  readonly source: SourceRef
  /** What lies on this invoice; all of it where none is named. */
  readonly invoice_id?: string
  readonly reason: string
  readonly at?: Date
  readonly actor: Actor
}

/**
 * Takes a payment or credit note off its invoices, and with it the discounts and write-offs that came
 * with it: it is unapplied again. What is taken off already stays so.
 *
 * @throws WholesaleError 404
 */
export async function unallocateCredit(
  manager: EntityManager,
  { source: ref, invoice_id, reason, at = new Date(), actor, store_id }: UnallocateInput
): Promise<Released & { readonly account_id: string }> {
  const source = await lockSource(manager, { ...ref, store_id })
  const released = await releaseAllocations(manager, {
    store_id,
    account_id: source.account_id,
    which: invoice_id
      ? [`allocation.${ref.type}_id = ? and allocation.invoice_id = ?`, ref.id, invoice_id]
      : [`allocation.${ref.type}_id = ?`, ref.id],
    at,
    reason,
    actor,
  })
  if (released.allocations.length) {
    await raiseRevision(manager, source)
  }
  return { ...released, account_id: source.account_id }
}

/** @throws WholesaleError 409 `not_allowed` */
export function assertNotVoid(source: CreditSource, event: string): void {
  if (source.is_void) {
    throw eventNotAllowed({ document: "Payment", id: source.id, status: "void", event, allowedEvents: [] })
  }
}
