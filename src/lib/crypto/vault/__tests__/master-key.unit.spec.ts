import { randomBytes } from "node:crypto"

import { parseMasterKey } from "../master-key"

const key = Buffer.from(Array.from({ length: 32 }, (_, index) => 7 * index + 250))

describe("parseMasterKey", () => {
  it.each([
    ["hex", key.toString("hex")],
    ["hex in capitals", key.toString("hex").toUpperCase()],
    ["base64", key.toString("base64")],
    ["base64 without its filler", key.toString("base64").replace("=", "")],
    ["base64url", key.toString("base64url")],
    ["base64 with a line end", `  ${key.toString("base64")}\n`],
  ])("reads 32 bytes in %s", (_, text) => {
    expect(parseMasterKey(text).key).toEqual(key)
  })

  it.each([undefined, "", "  \n"])("says that there is none: %j", (text) => {
    expect(() => parseMasterKey(text)).toThrow(
      expect.objectContaining({ status: 500, code: "master_key_missing", message: expect.stringContaining("openssl") })
    )
  })

  it.each([
    "a passphrase that somebody thought up",
    randomBytes(31).toString("base64"),
    randomBytes(33).toString("base64"),
    randomBytes(16).toString("hex"),
    `${"0".repeat(63)}g`,
    `0x${"0".repeat(64)}`,
    "é".repeat(43),
  ])("refuses %s and does not show it", (text) => {
    try {
      parseMasterKey(text)
      throw new Error("parsed")
    } catch (error) {
      expect(error).toMatchObject({ status: 500, code: "master_key_malformed", details: { characters: text.length } })
      expect(JSON.stringify(error) + String(error)).not.toContain(text)
    }
  })

  it("names a key by 8 hex digits that are the same for the same key and none of its own", () => {
    const { id } = parseMasterKey(key.toString("hex"))
    expect(id).toMatch(/^[0-9a-f]{8}$/)
    expect(parseMasterKey(key.toString("base64")).id).toBe(id)
    expect(key.toString("hex")).not.toContain(id)
    expect(parseMasterKey(randomBytes(32).toString("hex")).id).not.toBe(id)
  })
})
