import { eventsOfResponse } from "../domain/partner-documents"

describe("what a partner's answer does", () => {
  it.each([
    ["accepted", ["accept"]],
    ["refused", ["refuse"]],
    ["cancel_accepted", ["accept"]],
    ["cancel_refused", ["accept", "refuse_cancel"]],
  ] as const)("a response %s means %j", (answer, events) => {
    expect(eventsOfResponse(answer)).toEqual(events)
  })
})
