import type { EntityManager } from "@medusajs/framework/mikro-orm/postgresql"

import type { Actor } from "../../../lib/actor/actor"
import { notFound, WholesaleError } from "../../../lib/errors/wholesale-error"
import { eventNotAllowed } from "../../../lib/state-machine/state-machine"
import { connectionId } from "../domain/connection-id"
import {
  ConnectionEvent,
  connectionMachine,
  effectiveStatus,
  initialStatuses,
} from "../domain/connection-machine"
import {
  allowedDecisions,
  isNews,
  PartnerConnection,
  PartnerProfile,
} from "../domain/partner-document"
import {
  connectionAlive,
  ConnectionRow,
  insertConnection,
  insertConnectionEvent,
  lockConnection,
  readConnection,
  updateOwnStatus,
  updatePartnerSide,
} from "./connection-rows"
import { wasClaimedBy } from "./pairing-claims"

export interface ConnectionRequest {
  /** The retailer, which entered the code. */
  readonly store_id: string
  /** What both sides call the pairing. */
  readonly pairing_id: string
  readonly transport?: string
  /** This side's id, where the store has another name in documents than its own id. */
  readonly id?: string
  readonly partner_store_id: string
  readonly partner_profile: PartnerProfile
  readonly actor: Actor
}

export interface ReceivedConnection {
  /** This side's id, where the store has another name in documents than its own id. */
  readonly id?: string
  readonly store_id: string
  readonly pairing_id: string
  readonly transport?: string
  /** The store that the document came from, as the transport knows it. */
  readonly partner_store_id: string
  readonly document: PartnerConnection
}

export interface ConnectionDecision {
  readonly id: string
  readonly store_id: string
  readonly event: ConnectionEvent
  readonly actor: Actor
  readonly reason?: string | null
  /** Needed when a distributor approves. */
  readonly account_id?: string | null
}

export async function request(
  manager: EntityManager,
  input: ConnectionRequest
): Promise<ConnectionRow> {
  const { store_id, pairing_id, partner_store_id, partner_profile, actor } = input
  const id = input.id ?? connectionId(store_id, pairing_id)
  const { status, partner_status } = initialStatuses("retailer")
  const connection = await insertConnection(manager, {
    id,
    store_id,
    role: "retailer",
    pairing_id,
    transport: input.transport ?? "local",
    partner_store_id,
    partner_name: partner_profile.name,
    partner_profile: { ...partner_profile },
    status,
    partner_status,
    effective_status: effectiveStatus(status, partner_status),
  })
  if (!connection) {
    return (
      (await readConnection(manager, { id, store_id })) ??
      (await refuseSecond(manager, { store_id, partner_store_id, role: "retailer" }))
    )
  }
  await insertConnectionEvent(manager, {
    connection,
    event: "request",
    from: null,
    to: status,
    actor,
    reason: null,
  })
  return connection
}

export async function receive(
  manager: EntityManager,
  input: ReceivedConnection
): Promise<{ connection: ConnectionRow; applied: boolean }> {
  const { partner_store_id, document } = input
  const side = await receivingSide(manager, input)
  if (side.partner_store_id !== partner_store_id) {
    throw notFound("connection", side.id)
  }
  if (!isNews(side, document)) {
    return { connection: side, applied: false }
  }
  const changed = document.status !== side.partner_status
  const connection = await updatePartnerSide(manager, {
    id: side.id,
    partner_status: document.status,
    effective_status: effectiveStatus(side.status, document.status),
    partner_name: document.profile.name,
    partner_profile: { ...document.profile },
    partner_incarnation: document.incarnation,
    partner_revision: document.revision,
    reason: changed ? document.reason : side.reason,
  })
  if (changed) {
    await insertConnectionEvent(manager, {
      connection,
      event: "partner",
      from: side.partner_status,
      to: document.status,
      actor: { actor_type: "partner", actor_id: partner_store_id },
      reason: document.reason,
      details: { incarnation: document.incarnation, revision: document.revision },
    })
  }
  return { connection, applied: true }
}

export async function decide(
  manager: EntityManager,
  input: ConnectionDecision
): Promise<ConnectionRow> {
  const { id, store_id, event, actor } = input
  const reason = input.reason ?? null
  const side = await lockConnection(manager, { id, store_id })
  if (!side) {
    throw notFound("connection", id)
  }
  const next = allowedDecisions(side).includes(event)
    ? connectionMachine.next(side.status, event)
    : undefined
  if (!next) {
    throw eventNotAllowed({
      document: connectionMachine.document,
      id,
      status: effectiveStatus(side.status, side.partner_status),
      event,
      allowedEvents: allowedDecisions(side),
    })
  }
  if (event === "approve" && !(input.account_id ?? side.account_id)) {
    throw new WholesaleError(
      400,
      "connection_account_missing",
      `Connection ${id} is approved with the account that its orders belong to; none was named.`,
      { id }
    )
  }
  const connection = await updateOwnStatus(manager, {
    id,
    expected: side.status,
    status: next,
    effective_status: effectiveStatus(next, side.partner_status),
    reason,
    account_id: input.account_id ?? null,
  })
  if (!connection) {
    throw new Error(`Connection ${id} changed under its row lock.`)
  }
  await insertConnectionEvent(manager, {
    connection,
    event,
    from: side.status,
    to: next,
    actor,
    reason,
    details: input.account_id ? { account_id: input.account_id } : undefined,
  })
  return connection
}

/** The side, locked; made at the first document of a retailer that entered a code of this store. */
async function receivingSide(
  manager: EntityManager,
  input: ReceivedConnection
): Promise<ConnectionRow> {
  const { store_id, pairing_id, partner_store_id, document } = input
  const id = input.id ?? connectionId(store_id, pairing_id)
  const side = await lockConnection(manager, { id, store_id })
  if (side) {
    return side
  }
  const entitled =
    document.role === "retailer" &&
    (await wasClaimedBy(manager, { pairing_id, store_id, partner_store_id }))
  if (!entitled) {
    throw notFound("pairing", pairing_id)
  }
  const { status, partner_status } = initialStatuses("distributor")
  const made = await insertConnection(manager, {
    id,
    store_id,
    role: "distributor",
    pairing_id,
    transport: input.transport ?? "local",
    partner_store_id,
    partner_name: document.profile.name,
    partner_profile: { ...document.profile },
    status,
    partner_status,
    effective_status: effectiveStatus(status, partner_status),
  })
  if (!made) {
    return (
      (await lockConnection(manager, { id, store_id })) ??
      (await refuseSecond(manager, { store_id, partner_store_id, role: "distributor" }))
    )
  }
  await insertConnectionEvent(manager, {
    connection: made,
    event: "request",
    from: null,
    to: status,
    actor: { actor_type: "partner", actor_id: partner_store_id },
    reason: null,
  })
  return made
}

/** See `WholesaleConnectionModuleService.assertNotConnected`. */
export async function assertNotConnected(
  manager: EntityManager,
  side: Pick<ConnectionRow, "store_id" | "partner_store_id" | "role">
): Promise<void> {
  if (await connectionAlive(manager, side)) {
    await refuseSecond(manager, side)
  }
}

async function refuseSecond(
  manager: EntityManager,
  side: Pick<ConnectionRow, "store_id" | "partner_store_id" | "role">
): Promise<never> {
  const alive = await connectionAlive(manager, side)
  throw new WholesaleError(
    409,
    "already_connected",
    `The two stores are connected already${alive ? `: connection ${alive.id} is ${alive.effective_status}` : ""}. ` +
      "To pair again, revoke it on both sides first.",
    { id: alive?.id, status: alive?.effective_status, role: side.role }
  )
}
