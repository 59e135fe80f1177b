import { isPartnerQuiet, relayHealth } from "../relay-health"

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

describe("A partner elsewhere", () => {
  it("is quiet once it was not heard of for longer than an hour, on a channel that is open", () => {
    const heard = (partner_time: string | null) => isPartnerQuiet({ status: "open", partner_time }, NOW)
    expect([heard(at("10:55:00")), heard(at("10:54:59")), heard(null)]).toEqual([false, true, false])
    expect(isPartnerQuiet({ status: "desync", partner_time: at("01:00:00") }, NOW)).toBe(false)
    expect(isPartnerQuiet({ status: null, partner_time: null }, NOW)).toBe(false)
  })
})
