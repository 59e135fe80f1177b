import { type Edition, isNewer } from "../../../lib/edition/edition"
import { WholesaleError } from "../../../lib/errors/wholesale-error"
import {
  ConnectionEvent,
  connectionMachine,
  ConnectionRole,
  ConnectionStatus,
  effectiveStatus,
  isFinal,
} from "./connection-machine"

/** What a store tells its partners of itself. Only the name is read here. */
export interface PartnerProfile {
  readonly name: string
  readonly [member: string]: unknown
}

/** The partner's side of a connection, as that edition of its document says. */
export interface PartnerConnection extends Edition {
  /** What the partner is in the connection. */
  readonly role: ConnectionRole
  readonly status: ConnectionStatus
  readonly reason: string | null
  readonly profile: PartnerProfile
}

/** The side that a document is applied to. */
interface OwnSide {
  readonly id: string
  readonly role: ConnectionRole
  readonly partner_status: ConnectionStatus
  readonly partner_incarnation: number
  readonly partner_revision: number
}

/**
 * The decisions that a person may take on this side now: none once the partner has ended the
 * connection, else what the side's own status allows.
 */
export function allowedDecisions(side: {
  status: ConnectionStatus
  partner_status: ConnectionStatus
}): ConnectionEvent[] {
  return isFinal(side.partner_status) ? [] : connectionMachine.allowedEvents(side.status)
}

/**
 * Whether the partner's document says anything new to this side.
 *
 * @throws WholesaleError 409 `connection_role_mismatch` when the partner claims this side's own role
 * @throws WholesaleError 409 `partner_status_final` when the partner had ended the connection before
 */
export function isNews(side: OwnSide, partner: PartnerConnection): boolean {
  if (partner.role === side.role) {
    throw new WholesaleError(
      409,
      "connection_role_mismatch",
      `The partner of connection ${side.id} says it is its ${partner.role}, which is this store's role.`,
      { id: side.id, role: side.role, partner_role: partner.role }
    )
  }
  if (!isNewer(partner, { incarnation: side.partner_incarnation, revision: side.partner_revision })) {
    return false
  }
  if (isFinal(side.partner_status) && partner.status !== side.partner_status) {
    throw new WholesaleError(
      409,
      "partner_status_final",
      `The partner of connection ${side.id} has ${side.partner_status} it, and now says ${partner.status}. Pair again instead.`,
      { id: side.id, partner_status: side.partner_status, announced_status: partner.status }
    )
  }
  return true
}

/** @throws WholesaleError 409 `connection_not_active` unless both sides are active */
export function assertActive(connection: {
  id: string
  status: ConnectionStatus
  partner_status: ConnectionStatus
}): void {
  const { id, status, partner_status } = connection
  const effective = effectiveStatus(status, partner_status)
  if (effective !== "active") {
    const who = status === "active" ? "on the partner's side" : "on this side"
    throw new WholesaleError(
      409,
      "connection_not_active",
      `Connection ${id} is ${effective} ${who}. Trading needs it active.`,
      { id, status: effective, own_status: status, partner_status }
    )
  }
}
