import { generateKeyPairSync } from "node:crypto"

import { serverKey } from "../server-key"

describe("serverKey", () => {
  const jwtSecret = "the host's own secret"
  const option = "a key of the wholesale plugin"

  it("prefers the option to the host's secret", () => {
    expect(serverKey({ serverKey: option, jwtSecret })).toEqual(serverKey({ serverKey: option }))
    expect(serverKey({ serverKey: option })).not.toEqual(serverKey({ jwtSecret }))
  })

  it("takes the host's secret where the option is absent or empty", () => {
    expect(serverKey({ jwtSecret })).toHaveLength(32)
    expect(serverKey({ serverKey: "", jwtSecret })).toEqual(serverKey({ jwtSecret }))
    expect(serverKey({ jwtSecret: Buffer.from(jwtSecret) })).toEqual(serverKey({ jwtSecret }))
  })

  it("gives different keys for the same text as option and as host's secret", () => {
    expect(serverKey({ serverKey: option })).not.toEqual(serverKey({ jwtSecret: option }))
  })

  it.each([
    ["nothing is set", {}],
    ["both are empty", { serverKey: "", jwtSecret: "" }],
    ["the host signs with a private key", { jwtSecret: generateKeyPairSync("ed25519").privateKey }],
    ["the host's secret is a key with its passphrase", { jwtSecret: { key: "k", passphrase: "p" } }],
  ])("says what to set when %s", (_, configured) => {
    expect(() => serverKey(configured)).toThrow(
      expect.objectContaining({ status: 500, code: "server_key_missing" })
    )
  })

  it("refuses an option that can be guessed", () => {
    expect(() => serverKey({ serverKey: "short", jwtSecret })).toThrow(
      expect.objectContaining({ code: "server_key_too_short", details: { characters: 5, least_characters: 16 } })
    )
  })
})
