import { randomBytes } from "node:crypto"
import fc from "fast-check"

import { openField, sealField, type SealedField } from "../../secret-box"
import { createDataKey, rewrapDataKey, unwrapDataKey } from "../data-key"
import { parseMasterKey } from "../master-key"
import { needsResealing, openSecret, resealSecret, sealedPrefix, sealedUnder, sealSecret } from "../secret"

const masterOf = (byte: number) => parseMasterKey(Buffer.alloc(32, byte).toString("hex"))
const [master, nextMaster] = [masterOf(1), masterOf(2)]
const { key, wrapped } = createDataKey(master, "whstore_1")
const field: SealedField = {
  table: "wholesale_session",
  column: "state_encrypted",
  row_id: "whses_1",
  store_id: "whstore_1",
}
const unreadable = (message: RegExp) =>
  expect.objectContaining({ status: 500, code: "secret_unreadable", message: expect.stringMatching(message) })

describe("a data key", () => {
  it("opens under its master key, and its row does not show it", () => {
    expect(unwrapDataKey([master], wrapped)).toEqual(key)
    const row = JSON.stringify(wrapped)
    const shown = (["hex", "base64", "base64url"] as const).filter((as) => row.includes(key.key.toString(as)))
    expect(shown).toEqual([])
  })

  it("does not open under another master key, and the error names the one needed and the one given", () => {
    expect(() => unwrapDataKey([nextMaster], wrapped)).toThrow(
      expect.objectContaining({
        status: 500,
        code: "master_key_wrong",
        message: expect.stringMatching(new RegExp(`need master key ${master.id}.*KEY is ${nextMaster.id}`)),
        details: {
          store_id: "whstore_1",
          data_key_id: key.id,
          expected_master_key_id: master.id,
          given_master_key_ids: [nextMaster.id],
        },
      })
    )
    expect(() => unwrapDataKey([], wrapped)).toThrow(/is not set/)
  })

  it.each([
    ["to another store", { store_id: "whstore_2" }],
    ["to another data key", { id: "0123456789abcdef" }],
    ["to another master key's name", { master_key_id: nextMaster.id }],
    ["cut short", { wrapped: wrapped.wrapped.slice(0, 20) }],
    ["emptied", { wrapped: "" }],
  ])("does not open when its row is moved %s", (_, changes) => {
    expect(() => unwrapDataKey([master, nextMaster], { ...wrapped, ...changes })).toThrow(
      expect.objectContaining({ status: 500, code: "data_key_unreadable" })
    )
  })

  it("does not open with any bit flipped", () => {
    const bytes = Buffer.from(wrapped.wrapped, "base64url")
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const flipped = Buffer.from(bytes)
      flipped[bit >> 3] ^= 1 << (bit & 7)
      expect(() => unwrapDataKey([master], { ...wrapped, wrapped: flipped.toString("base64url") })).toThrow(/restore/i)
    }
  })

  it("is another for each store and each time", () => {
    const keys = Array.from({ length: 20 }, () => createDataKey(master, "whstore_1").key)
    expect(new Set(keys.map(({ id }) => id)).size).toBe(20)
    expect(new Set(keys.map((it) => it.key.toString("hex"))).size).toBe(20)
  })
})

describe("a secret", () => {
  it.each(["", "M2PX", "Größe 4 µm ✓", "x".repeat(10_000)])("opens as it was sealed: %#", (value) => {
    expect(openSecret([key], sealSecret(key, value, field), field)).toBe(value)
  })

  it("names its data key, is sealed differently each time and never shown", () => {
    const sealed = Array.from({ length: 100 }, () => sealSecret(key, "M2PX-secret", field))
    expect(new Set(sealed).size).toBe(100)
    expect(sealed.every((text) => text.startsWith(sealedPrefix(key.id)))).toBe(true)
    expect(sealed.map(sealedUnder)).toEqual(Array(100).fill(key.id))
    expect(sealed.join()).not.toContain("M2PX-secret")
  })

  it.each<[string, Partial<SealedField>]>([
    ["table", { table: "wholesale_connection" }],
    ["column", { column: "private_key_encrypted" }],
    ["row", { row_id: "whses_2" }],
    ["row that only reads the same when joined", { column: "state_encryptedw", row_id: "hses_1" }],
  ])("does not open in another %s", (_, other) => {
    const sealed = sealSecret(key, "M2PX", field)
    expect(() => openSecret([key], sealed, { ...field, ...other })).toThrow(unreadable(/was changed/))
  })

  it("does not open in another store, not even under the same key", () => {
    const sealed = sealSecret(key, "M2PX", field)
    const other = { ...field, store_id: "whstore_2" }
    expect(() => openSecret([key], sealed, other)).toThrow(unreadable(/not at hand/))
    expect(() => openSecret([{ ...key, store_id: "whstore_2" }], sealed, other)).toThrow(unreadable(/was changed/))
    expect(() => sealSecret(key, "M2PX", other)).toThrow(RangeError)
  })

  it("does not open under another data key, also one of the same name", () => {
    const sealed = sealSecret(key, "M2PX", field)
    const other = createDataKey(master, "whstore_1").key
    expect(() => openSecret([other], sealed, field)).toThrow(unreadable(new RegExp(`data key ${key.id}`)))
    expect(() => openSecret([{ ...other, id: key.id }], sealed, field)).toThrow(unreadable(/was changed/))
    const renamed = sealed.replace(key.id, other.id)
    expect(() => openSecret([{ ...key, id: other.id }], renamed, field)).toThrow(unreadable(/was changed/))
  })

  it("does not open with any character changed, taken away or added", () => {
    const sealed = sealSecret(key, "M2PX", field)
    for (let at = 0; at < sealed.length; at++) {
      const [before, after] = [sealed.slice(0, at), sealed.slice(at + 1)]
      for (const changed of [before + (sealed[at] === "A" ? "B" : "A") + after, before + after, before]) {
        expect(() => openSecret([key], changed, field)).toThrow(/cannot be read/)
      }
    }
    expect(() => openSecret([key], `${sealed}A`, field)).toThrow(/cannot be read/)
  })

  it("leaves readable what a server key sealed before data keys were", () => {
    const older = "v1.hKJVQNJFxl5K6GZ1S9fpYI-Wb5hzu-ytXUew-nmHVqo"
    const pairing = { table: "wholesale_pairing_code", column: "secret_encrypted", row_id: "whpair_1" }
    expect(openField(Buffer.alloc(32, 7), older, { ...pairing, store_id: "whstore_1" })).toBe("M2PX")
  })

  it("is no value of a server key, and those are none", () => {
    const older = sealField(key.key, "M2PX", field)
    expect(() => openSecret([key], older, field)).toThrow(unreadable(/not sealed under a data key/))
    expect([sealedUnder(older), needsResealing(older, key.id)]).toEqual([undefined, false])
    expect(["", "v2", "v2.", `v2.${key.id}.`, "v2.XYZ.AAAA", "M2PX"].map(sealedUnder)).toEqual(Array(6).fill(undefined))
  })
})

describe("rotation of the master key", () => {
  const wrappeds = ["whstore_1", "whstore_2", "whstore_3"].map((store_id) => createDataKey(master, store_id).wrapped)

  it("rewraps a data key, which stays the same", () => {
    const rewrapped = rewrapDataKey([master], wrapped, nextMaster)
    expect(rewrapped.master_key_id).toBe(nextMaster.id)
    expect(unwrapDataKey([nextMaster], rewrapped)).toEqual(key)
    expect(() => unwrapDataKey([master], rewrapped)).toThrow(/need master key/)
  })

  it("changes nothing a second time, with the old master key or without", () => {
    const rewrapped = rewrapDataKey([master], wrapped, nextMaster)
    expect(rewrapDataKey([master, nextMaster], rewrapped, nextMaster)).toBe(rewrapped)
    expect(rewrapDataKey([], rewrapped, nextMaster)).toBe(rewrapped)
  })

  it("may stop anywhere: both master keys open what is done and what is not, and the next run ends it", () => {
    for (let done = 0; done <= wrappeds.length; done++) {
      const halfway = wrappeds.map((it, index) => (index < done ? rewrapDataKey([master], it, nextMaster) : it))
      const keys = halfway.map((it) => unwrapDataKey([nextMaster, master], it))
      const finished = halfway.map((it) => rewrapDataKey([master], it, nextMaster))
      expect(finished.map((it) => unwrapDataKey([nextMaster], it))).toEqual(keys)
      expect(finished.slice(0, done)).toEqual(halfway.slice(0, done))
    }
  })

  it("does not begin with a master key that is not the old one", () => {
    expect(() => rewrapDataKey([masterOf(3)], wrapped, nextMaster)).toThrow(
      expect.objectContaining({ code: "master_key_wrong" })
    )
  })
})

describe("rotation of a data key", () => {
  const { key: next } = createDataKey(master, "whstore_1")
  const rows = Array.from({ length: 6 }, (_, index) => ({ ...field, row_id: `whses_${index}` }))
  const table = () => rows.map((row, index) => ({ row, sealed: sealSecret(key, `secret ${index}`, row) }))

  it("reseals each secret once, wherever it was broken off, and the old key is then needed no longer", () => {
    fc.assert(
      fc.property(fc.array(fc.nat({ max: rows.length }), { maxLength: 4 }), (interruptions) => {
        let stored = table()
        for (const until of [...interruptions, rows.length]) {
          const before = stored
          stored = stored.map((it, index) =>
            index < until ? { ...it, sealed: resealSecret([key, next], next, it.sealed, it.row) } : it
          )
          const resealed = stored.filter((it, index) => it.sealed !== before[index].sealed)
          expect(resealed.every((it) => needsResealing(before[stored.indexOf(it)].sealed, next.id))).toBe(true)
          expect(stored.map((it) => openSecret([next, key], it.sealed, it.row))).toEqual(
            rows.map((_, index) => `secret ${index}`)
          )
        }
        expect(stored.filter(({ sealed }) => needsResealing(sealed, next.id))).toEqual([])
        expect(openSecret([next], stored[0].sealed, stored[0].row)).toBe("secret 0")
        expect(() => openSecret([key], stored[0].sealed, stored[0].row)).toThrow(/not at hand/)
      }),
      { numRuns: 30 }
    )
  })

  it("says which values need resealing, as a query by their prefix does", () => {
    const values = [sealSecret(key, "1", field), sealSecret(next, "2", field), sealField(randomBytes(32), "3", field)]
    expect(values.map((sealed) => needsResealing(sealed, next.id))).toEqual([true, false, false])
    expect(values.map((sealed) => sealed.startsWith(sealedPrefix(next.id)))).toEqual([false, true, false])
  })

  it("does not seal anew what does not open", () => {
    const moved = sealSecret(key, "1", { ...field, row_id: "whses_9" })
    expect(() => resealSecret([key, next], next, moved, field)).toThrow(unreadable(/was changed/))
  })
})
