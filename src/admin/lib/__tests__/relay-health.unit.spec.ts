import { relayHealth } from "../relay-health"

const NOW = Date.parse("2026-11-30T12:00:00Z")
const at = (time: string) => `2026-11-30T${time}Z`

describe("A relay's health", () => {
  it("is unknown until the relay was asked", () => {
    expect(relayHealth({ answered_at: null, failure: null }, NOW)).toBe("not_asked")
  })

  it("is good for ten minutes after an answer, and quiet from then on", () => {
    expect(relayHealth({ answered_at: at("11:50:00"), failure: null }, NOW)).toBe("answering")
    expect(relayHealth({ answered_at: at("11:49:59"), failure: null }, NOW)).toBe("quiet")
  })

  it("is bad once the last asking failed, however lately it answered", () => {
    expect(relayHealth({ answered_at: at("11:59:59"), failure: "no answer" }, NOW)).toBe("not_answering")
  })
})
