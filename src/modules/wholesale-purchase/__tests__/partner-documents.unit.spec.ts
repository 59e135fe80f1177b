import { eventOfOrderStatus, eventOfResponse, isNewer } from "../domain/partner-documents"

describe("what a partner's document does", () => {
  it.each([
    ["accepted", "accept"],
    ["held", undefined],
    ["price_changed", "refuse"],
    ["refused", "refuse"],
  ] as const)("a response %s means %s", (outcome, event) => {
    expect(eventOfResponse(outcome)).toBe(event)
  })

  it.each([
    ["pending", undefined],
    ["approved", "accept"],
    ["packing", "accept"],
    ["shipped", "accept"],
    ["ready_for_pickup", "accept"],
    ["delivered", "accept"],
    ["backordered", "accept"],
    ["rejected", "refuse"],
    ["cancelled", "cancel"],
  ])("an order that is %s means %s", (status, event) => {
    expect(eventOfOrderStatus(status)).toBe(event)
  })

  it.each([
    [{ incarnation: 0, revision: 2 }, { incarnation: 0, revision: 1 }, true],
    [{ incarnation: 0, revision: 1 }, { incarnation: 0, revision: 1 }, false],
    [{ incarnation: 0, revision: 1 }, { incarnation: 0, revision: 2 }, false],
    [{ incarnation: 1, revision: 1 }, { incarnation: 0, revision: 9 }, true],
    [{ incarnation: 0, revision: 9 }, { incarnation: 1, revision: 1 }, false],
  ])("edition %j is newer than %j: %s", (edition, known, newer) => {
    expect(isNewer(edition, known)).toBe(newer)
  })
})
