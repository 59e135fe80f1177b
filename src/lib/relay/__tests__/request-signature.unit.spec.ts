import { generateEd25519 } from "../../crypto/ed25519"
import { REQUEST_WINDOW_MS, RELAY_HEADERS, signRequest, verifyRequest } from "../request-signature"

const NOW = 1_780_000_000_000
const key = generateEd25519()
const request = {
  origin: "https://relay.example.com",
  method: "POST",
  path: "/v1/receive?x=1",
  body: Buffer.from("{}"),
}
const { origin, ...served } = request
const origins = ["https://other.example.com", origin]

describe("a signed request", () => {
  const headers = signRequest(key, request, NOW)

  it("tells who sent it", () => {
    expect(verifyRequest({ ...served, origins }, headers, NOW)).toEqual({
      state: "valid",
      key: key.public_key.toString("base64url"),
    })
  })

  it.each([
    ["another method", { ...served, method: "DELETE", origins }],
    ["another path", { ...served, path: "/v1/receive?x=2", origins }],
    ["another body", { ...served, body: Buffer.from("{} "), origins }],
    ["a relay of another origin", { ...served, origins: ["https://relay.example.com:8443"] }],
  ])("is invalid for %s", (_, other) => {
    expect(verifyRequest(other, headers, NOW)).toEqual({ state: "invalid" })
  })

  it.each(Object.values(RELAY_HEADERS))("is invalid without %s, with two of it, or with another", (name) => {
    for (const value of [undefined, [headers[name], headers[name]], "", `${headers[name]}=`, "AAAA", `1${headers[name]}`]) {
      expect(verifyRequest({ ...served, origins }, { ...headers, [name]: value }, NOW)).toEqual({ state: "invalid" })
    }
  })

  it("is stale beyond five minutes of the relay's clock, to either side", () => {
    const states = [-REQUEST_WINDOW_MS - 1, -REQUEST_WINDOW_MS, REQUEST_WINDOW_MS, REQUEST_WINDOW_MS + 1].map(
      (distance) => verifyRequest({ ...served, origins }, headers, NOW + distance).state
    )
    expect(states).toEqual(["stale", "valid", "valid", "stale"])
  })
})
