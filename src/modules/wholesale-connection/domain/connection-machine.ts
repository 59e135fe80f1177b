import { defineMachine } from "../../../lib/state-machine/state-machine"

export const CONNECTION_STATUSES = [
  "requested",
  "active",
  "suspended",
  "rejected",
  "revoked",
] as const
export type ConnectionStatus = (typeof CONNECTION_STATUSES)[number]

export const CONNECTION_ROLES = ["distributor", "retailer"] as const
export type ConnectionRole = (typeof CONNECTION_ROLES)[number]

export const CONNECTION_EVENTS = ["approve", "reject", "suspend", "resume", "revoke"] as const
export type ConnectionEvent = (typeof CONNECTION_EVENTS)[number]

/**
 * One side of a connection. The retailer, who asks, starts `active` on its own side; the distributor,
 * who decides, starts `requested`. What holds between the two is `effectiveStatus`.
 */
export const connectionMachine = defineMachine<ConnectionStatus, ConnectionEvent>({
  document: "connection",
  states: CONNECTION_STATUSES,
  initial: "requested",
  transitions: [
    { event: "approve", from: ["requested"], to: "active" },
    { event: "reject", from: ["requested"], to: "rejected" },
    { event: "suspend", from: ["active"], to: "suspended" },
    { event: "resume", from: ["suspended"], to: "active" },
    { event: "revoke", from: ["requested", "active", "suspended"], to: "revoked" },
  ],
})

/** From the most lenient to the strictest. */
const STRICTNESS: readonly ConnectionStatus[] = [
  "active",
  "requested",
  "suspended",
  "rejected",
  "revoked",
]

/** The status that holds between the two sides: the stricter one. */
export function effectiveStatus(own: ConnectionStatus, partner: ConnectionStatus): ConnectionStatus {
  return STRICTNESS[Math.max(STRICTNESS.indexOf(own), STRICTNESS.indexOf(partner))]
}

/** Whether nothing can come after the status. */
export function isFinal(status: ConnectionStatus): boolean {
  return connectionMachine.allowedEvents(status).length === 0
}

/** The statuses a side starts with, by its role. */
export function initialStatuses(role: ConnectionRole): {
  status: ConnectionStatus
  partner_status: ConnectionStatus
} {
  return role === "retailer"
    ? { status: "active", partner_status: "requested" }
    : { status: "requested", partner_status: "active" }
}
