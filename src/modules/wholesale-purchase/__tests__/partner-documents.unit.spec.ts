import { eventsOfOrderStatus, eventsOfResponse } from "../domain/partner-documents"

describe("what a partner's document does", () => {
  it.each([
    ["accepted", ["accept"]],
    ["refused", ["refuse"]],
    ["cancel_accepted", ["cancel"]],
    ["cancel_refused", ["accept", "refuse_cancel"]],
  ] as const)("a response %s means %j", (answer, events) => {
    expect(eventsOfResponse(answer)).toEqual(events)
  })

  it.each([
    ["pending", []],
    ["approved", ["accept"]],
    ["packing", ["accept"]],
    ["shipped", ["accept"]],
    ["ready_for_pickup", ["accept"]],
    ["delivered", ["accept"]],
    ["backordered", ["accept"]],
    ["rejected", ["refuse"]],
    ["cancelled", ["cancel"]],
  ])("an order that is %s means %j", (status, events) => {
    expect(eventsOfOrderStatus(status)).toEqual(events)
  })
})
