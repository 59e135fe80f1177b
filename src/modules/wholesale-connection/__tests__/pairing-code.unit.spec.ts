import fc from "fast-check"

import {
  freshPairingCode,
  PAIRING_ALPHABET,
  readPairingCode,
  SLOT_COUNT,
  writePairingCode,
} from "../domain/pairing-code"
import { pairingKeys } from "../domain/pairing-keys"

const characters = fc.constantFrom(...PAIRING_ALPHABET)
const code = fc.tuple(...Array.from({ length: 6 }, () => characters)).map((chosen) => chosen.join(""))

describe("pairing codes", () => {
  it("have 32 characters to choose from, none of which is mistaken for another", () => {
    expect(new Set(PAIRING_ALPHABET).size).toBe(32)
    expect(PAIRING_ALPHABET).not.toMatch(/[01IO]/)
    // 32 × 32
    expect(SLOT_COUNT).toBe(1_024)
  })

  it.each(["K7-M2PX", "K7M2PX", "k7-m2px", " K7 - M2 PX ", "K7–M2PX", "k7\tm2px\n"])(
    "are read however a person types them: %j",
    (typed) => {
      expect(readPairingCode(typed)).toEqual({ slot: "K7", secret: "M2PX" })
    }
  )

  it.each(["", "K7", "K7-M2P", "K7-M2PXA", "K7-M2P0", "K7-M2P1", "I7-M2PX", "O7-M2PX", "K7_M2PX", "ß7-M2PX"])(
    "are refused as malformed: %j",
    (typed) => {
      expect(() => readPairingCode(typed)).toThrow(
        expect.objectContaining({ status: 400, code: "pairing_code_malformed" })
      )
    }
  )

  it("are read back as they were written", () => {
    fc.assert(
      fc.property(code, (text) => {
        const read = readPairingCode(text)
        expect(readPairingCode(writePairingCode(read))).toEqual(read)
        expect(`${read.slot}${read.secret}`).toBe(text)
      })
    )
  })

  it("take a slot that is free, until none is", () => {
    const taken = new Set<string>()
    for (let made = 0; made < SLOT_COUNT; made++) {
      const fresh = freshPairingCode(taken)
      expect(fresh && taken.has(fresh.slot)).toBe(false)
      expect(fresh && readPairingCode(writePairingCode(fresh))).toEqual(fresh)
      taken.add(fresh?.slot ?? "")
    }
    expect(taken.size).toBe(1_024)
    expect(freshPairingCode(taken)).toBeUndefined()
  })

  it("are drawn anew each time", () => {
    // Of 200 codes out of 32^6 two are equal with a probability below 0.00002.
    const drawn = Array.from({ length: 200 }, () => freshPairingCode(new Set()))
    expect(new Set(drawn.map((fresh) => fresh && writePairingCode(fresh))).size).toBe(200)
  })
})

describe("keys of pairing codes", () => {
  const keys = pairingKeys(() => Buffer.alloc(32, 1))
  const row = { id: "whpair_1", store_id: "whstore_1" }

  it("find a code by a hash that depends on slot, secret and key", () => {
    const hash = keys.lookupHash({ slot: "K7", secret: "M2PX" })
    expect(hash).toBe(keys.lookupHash({ slot: "K7", secret: "M2PX" }))
    expect(hash).not.toBe(keys.lookupHash({ slot: "K8", secret: "M2PX" }))
    expect(hash).not.toBe(keys.lookupHash({ slot: "K7", secret: "M2PY" }))
    expect(hash).not.toBe(pairingKeys(() => Buffer.alloc(32, 2)).lookupHash({ slot: "K7", secret: "M2PX" }))
  })

  it("open a secret in its own row only", () => {
    const sealed = keys.seal({ slot: "K7", secret: "M2PX" }, row)
    expect(sealed).not.toContain("M2PX")
    expect(keys.open(sealed, row)).toBe("M2PX")
    expect(() => keys.open(sealed, { ...row, store_id: "whstore_2" })).toThrow(/cannot be read/)
    expect(() => pairingKeys(() => Buffer.alloc(32, 2)).open(sealed, row)).toThrow(/cannot be read/)
  })
})
