import { openBytes, openField, SealedField, sealField } from "../secret-box"
import { testWithVectors } from "./official-vectors"

const key = Buffer.alloc(32, 7)
const field: SealedField = {
  table: "wholesale_pairing_code",
  column: "secret_encrypted",
  row_id: "whpair_1",
  store_id: "whstore_1",
}
const hex = (text: string): Buffer => Buffer.from(text, "hex")

interface AeadVectors {
  testGroups: {
    ivSize: number
    keySize: number
    tagSize: number
    tests: { key: string; iv: string; aad: string; msg: string; ct: string; tag: string; result: string }[]
  }[]
}

describe("secret box", () => {
  it.each(["", "M2PX", "Größe 4 µm ✓", "x".repeat(10_000)])("opens what it sealed: %#", (value) => {
    expect(openField(key, sealField(key, value, field), field)).toBe(value)
  })

  it("seals the same value differently each time, and never shows it", () => {
    const sealed = Array.from({ length: 100 }, () => sealField(key, "M2PX-secret", field))
    expect(new Set(sealed).size).toBe(100)
    expect(sealed.join()).not.toContain("M2PX-secret")
  })

  it.each<[string, Partial<SealedField>]>([
    ["another table", { table: "wholesale_connection" }],
    ["another column", { column: "lookup_hash" }],
    ["another row", { row_id: "whpair_2" }],
    ["another store", { store_id: "whstore_2" }],
    ["parts that only read the same when joined", { row_id: "whpair_", store_id: "1whstore_1" }],
  ])("does not open for %s", (_, other) => {
    const sealed = sealField(key, "M2PX", field)
    expect(() => openField(key, sealed, { ...field, ...other })).toThrow(
      expect.objectContaining({ status: 500, code: "secret_unreadable" })
    )
  })

  it("does not open under another key", () => {
    const sealed = sealField(key, "M2PX", field)
    expect(() => openField(Buffer.alloc(32, 8), sealed, field)).toThrow(/cannot be read/)
  })

  it("does not open when any byte was changed", () => {
    const sealed = Buffer.from(sealField(key, "M2PX", field).slice(3), "base64url")
    for (let index = 0; index < sealed.length; index++) {
      const changed = Buffer.from(sealed)
      changed[index] ^= 1
      expect(() => openField(key, `v1.${changed.toString("base64url")}`, field)).toThrow(/cannot be read/)
    }
  })

  it.each(["", "v1", "v1.", "v1.AAAA", "v2.AAAA", "M2PX"])("refuses %j as unreadable", (sealed) => {
    expect(() => openField(key, sealed, field)).toThrow(/cannot be read/)
  })

  // McGrew and Viega, "The Galois/Counter Mode of Operation", test case 16.
  it("opens the AES-256-GCM test case of its authors, associated data included", () => {
    const opened = openBytes(
      hex("feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308"),
      hex(
        "cafebabefacedbaddecaf888" +
          "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838" +
          "c5f61e6393ba7a0abcc9f662" +
          "76fc6ece0f4e1768cddf8853bb2d551b"
      ),
      hex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    )
    expect(opened.toString("hex")).toBe(
      "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525" +
        "b16aedf5aa0de657ba637b39"
    )
  })

  testWithVectors<AeadVectors>(
    "wycheproof_aes_gcm_test.json",
    "answers every Wycheproof vector of its own sizes as they ask",
    ({ testGroups }) => {
      const ours = testGroups.filter(
        ({ ivSize, keySize, tagSize }) => ivSize === 96 && keySize === 256 && tagSize === 128
      )
      const tests = ours.flatMap((group) => group.tests)
      expect(tests.length).toBeGreaterThan(50)
      for (const test of tests) {
        const open = () => openBytes(hex(test.key), hex(test.iv + test.ct + test.tag), hex(test.aad))
        if (test.result === "valid") {
          expect(open().toString("hex")).toBe(test.msg)
        } else {
          expect(open).toThrow()
        }
      }
    }
  )
})
