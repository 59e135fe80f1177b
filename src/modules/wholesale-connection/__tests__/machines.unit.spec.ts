import {
  CONNECTION_EVENTS,
  CONNECTION_STATUSES,
  ConnectionEvent,
  connectionMachine,
  ConnectionStatus,
  effectiveStatus,
  initialStatuses,
  isFinal,
} from "../domain/connection-machine"
import {
  PAIRING_CODE_STATUSES,
  PairingCodeEvent,
  pairingCodeMachine,
  PairingCodeStatus,
} from "../domain/pairing-code-machine"
import { allowedDecisions, assertActive, isNews } from "../domain/partner-document"

type ConnectionRow = [ConnectionStatus, ...(ConnectionStatus | "-")[]]

describe("connection machine", () => {
  // status, then where approve, reject, suspend, resume and revoke lead; - for not allowed
  const table: ConnectionRow[] = [
    ["requested", "active", "rejected", "-", "-", "revoked"],
    ["active", "-", "-", "suspended", "-", "revoked"],
    ["suspended", "-", "-", "-", "active", "revoked"],
    ["rejected", "-", "-", "-", "-", "-"],
    ["revoked", "-", "-", "-", "-", "-"],
  ]
  const pairs = table.flatMap(([status, ...next]) =>
    next.map((to, index): [ConnectionStatus, ConnectionEvent, ConnectionStatus | "-"] => [
      status,
      CONNECTION_EVENTS[index],
      to,
    ])
  )

  it("is tested for every state and event", () => {
    expect(pairs).toHaveLength(CONNECTION_STATUSES.length * CONNECTION_EVENTS.length)
    expect([...connectionMachine.events].sort()).toEqual([...CONNECTION_EVENTS].sort())
  })

  it.each(pairs)("%s × %s → %s", (state, event, to) => {
    if (to === "-") {
      expect(connectionMachine.next(state, event)).toBeUndefined()
      expect(() => connectionMachine.advance({ id: "whcon_1", state, event })).toThrow(
        expect.objectContaining({ status: 409, code: "not_allowed" })
      )
    } else {
      expect(connectionMachine.advance({ id: "whcon_1", state, event })).toBe(to)
    }
  })

  it.each([
    ["requested", false],
    ["active", false],
    ["suspended", false],
    ["rejected", true],
    ["revoked", true],
  ] as const)("%s is final: %s", (status, final) => {
    expect(isFinal(status)).toBe(final)
  })
})

describe("effective status", () => {
  // The stricter of the two, from active over requested, suspended and rejected to revoked.
  const order: ConnectionStatus[] = ["active", "requested", "suspended", "rejected", "revoked"]
  const pairs = order.flatMap((own, left) =>
    order.map((partner, right): [ConnectionStatus, ConnectionStatus, ConnectionStatus] => [
      own,
      partner,
      left > right ? own : partner,
    ])
  )

  it.each(pairs)("own %s with partner %s is %s", (own, partner, effective) => {
    expect(effectiveStatus(own, partner)).toBe(effective)
    expect(effectiveStatus(partner, own)).toBe(effective)
  })

  it("is requested at the start, seen from either side", () => {
    for (const role of ["distributor", "retailer"] as const) {
      const { status, partner_status } = initialStatuses(role)
      expect(effectiveStatus(status, partner_status)).toBe("requested")
    }
  })
})

describe("decisions on a side", () => {
  it.each(["rejected", "revoked"] as const)("are over once the partner has %s", (partner_status) => {
    for (const status of CONNECTION_STATUSES) {
      expect(allowedDecisions({ status, partner_status })).toEqual([])
    }
  })

  it.each(["active", "requested", "suspended"] as const)(
    "follow the side's own status while the partner is %s",
    (partner_status) => {
      expect(allowedDecisions({ status: "requested", partner_status })).toEqual(["approve", "reject", "revoke"])
      expect(allowedDecisions({ status: "active", partner_status })).toEqual(["suspend", "revoke"])
      expect(allowedDecisions({ status: "suspended", partner_status })).toEqual(["resume", "revoke"])
      expect(allowedDecisions({ status: "revoked", partner_status })).toEqual([])
    }
  )
})

describe("trade over a connection", () => {
  it("is allowed when both sides are active, and names the side that is not", () => {
    for (const status of CONNECTION_STATUSES) {
      for (const partner_status of CONNECTION_STATUSES) {
        const check = () => assertActive({ id: "whcon_1", status, partner_status })
        if (status === "active" && partner_status === "active") {
          expect(check).not.toThrow()
        } else {
          expect(check).toThrow(
            expect.objectContaining({
              status: 409,
              code: "connection_not_active",
              details: expect.objectContaining({ own_status: status, partner_status }),
            })
          )
          expect(check).toThrow(status === "active" ? /on the partner's side/ : /on this side/)
        }
      }
    }
  })
})

describe("a partner's document", () => {
  const side = {
    id: "whcon_1",
    role: "distributor",
    partner_status: "active",
    partner_incarnation: 2,
    partner_revision: 3,
  } as const
  const partner = {
    role: "retailer",
    status: "suspended",
    reason: null,
    profile: { name: "Corner Shop" },
    incarnation: 2,
    revision: 4,
  } as const

  it.each([
    [2, 2, false],
    [2, 3, false],
    [2, 4, true],
    [2, 9, true],
    [3, 1, true],
    [1, 9, false],
  ])("of incarnation %i and revision %i is news after 2 and 3: %s", (incarnation, revision, news) => {
    expect(isNews(side, { ...partner, incarnation, revision })).toBe(news)
  })

  it("is refused when it claims this side's own role", () => {
    expect(() => isNews(side, { ...partner, role: "distributor" })).toThrow(
      expect.objectContaining({ code: "connection_role_mismatch" })
    )
  })

  it("cannot bring back what the partner had ended", () => {
    const ended = { ...side, partner_status: "revoked" } as const
    expect(() => isNews(ended, { ...partner, status: "active" })).toThrow(
      expect.objectContaining({ status: 409, code: "partner_status_final" })
    )
    expect(isNews(ended, { ...partner, status: "revoked" })).toBe(true)
  })
})

describe("pairing code machine", () => {
  const events: PairingCodeEvent[] = ["use", "expire", "cancel"]
  const table: [PairingCodeStatus, ...(PairingCodeStatus | "-")[]][] = [
    ["active", "used", "expired", "cancelled"],
    ["used", "-", "-", "-"],
    ["expired", "-", "-", "-"],
    ["cancelled", "-", "-", "-"],
  ]
  const pairs = table.flatMap(([status, ...next]) =>
    next.map((to, index): [PairingCodeStatus, PairingCodeEvent, string] => [status, events[index], to])
  )

  it("is tested for every state and event", () => {
    expect(pairs).toHaveLength(PAIRING_CODE_STATUSES.length * pairingCodeMachine.events.length)
  })

  it.each(pairs)("%s × %s → %s", (state, event, to) => {
    expect(pairingCodeMachine.next(state, event) ?? "-").toBe(to)
  })
})
