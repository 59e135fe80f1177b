import { defineMachine } from "../../../lib/state-machine/state-machine"

export const PAIRING_CODE_STATUSES = ["active", "used", "expired", "cancelled"] as const
export type PairingCodeStatus = (typeof PAIRING_CODE_STATUSES)[number]
export type PairingCodeEvent = "use" | "expire" | "cancel"

export const pairingCodeMachine = defineMachine<PairingCodeStatus, PairingCodeEvent>({
  document: "pairing code",
  states: PAIRING_CODE_STATUSES,
  initial: "active",
  transitions: [
    { event: "use", from: ["active"], to: "used" },
    { event: "expire", from: ["active"], to: "expired" },
    { event: "cancel", from: ["active"], to: "cancelled" },
  ],
})
