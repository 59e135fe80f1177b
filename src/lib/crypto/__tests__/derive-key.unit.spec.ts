import { deriveKey } from "../derive-key"
import { testWithVectors } from "./official-vectors"

const hex = (text: string): Buffer => Buffer.from(text, "hex")

interface HkdfVectors {
  testGroups: {
    tests: { ikm: string; salt: string; info: string; size: number; okm: string; result: string }[]
  }[]
}

describe("deriveKey", () => {
  // RFC 5869, appendix A, test cases 1 to 3.
  it.each([
    {
      name: "basic",
      secret: "0b".repeat(22),
      salt: "000102030405060708090a0b0c",
      purpose: "f0f1f2f3f4f5f6f7f8f9",
      bytes: 42,
      key: "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf34007208d5b887185865",
    },
    {
      name: "longer than one block",
      secret: Buffer.from(Array.from({ length: 80 }, (_, index) => index)).toString("hex"),
      salt: Buffer.from(Array.from({ length: 80 }, (_, index) => 0x60 + index)).toString("hex"),
      purpose: Buffer.from(Array.from({ length: 80 }, (_, index) => 0xb0 + index)).toString("hex"),
      bytes: 82,
      key:
        "b11e398dc80327a1c8e7f78c596a49344f012eda2d4efad8a050cc4c19afa97c59045a99cac7827271cb41c65e590e09" +
        "da3275600c2f09b8367793a9aca3db71cc30c58179ec3e87c14c01d5c1f3434f1d87",
    },
    {
      name: "without salt and info",
      secret: "0b".repeat(22),
      salt: "",
      purpose: "",
      bytes: 42,
      key: "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d9d201395faa4b61a96c8",
    },
  ])("gives the key of RFC 5869: $name", ({ secret, salt, purpose, bytes, key }) => {
    const derived = deriveKey({ secret: hex(secret), salt: hex(salt), purpose: hex(purpose), bytes })
    expect(derived.toString("hex")).toBe(key)
  })

  it("gives 32 bytes, the same for the same purpose and others for another purpose or salt", () => {
    const key = deriveKey({ secret: "secret", salt: "salt", purpose: "one" })
    expect(key).toHaveLength(32)
    expect(deriveKey({ secret: "secret", salt: "salt", purpose: "one" })).toEqual(key)
    expect(deriveKey({ secret: "secret", salt: "salt", purpose: "two" })).not.toEqual(key)
    expect(deriveKey({ secret: "secret", salt: "other", purpose: "one" })).not.toEqual(key)
  })

  testWithVectors<HkdfVectors>(
    "wycheproof_hkdf_sha256_test.json",
    "agrees with every valid Wycheproof vector and refuses the invalid ones",
    ({ testGroups }) => {
      for (const { ikm, salt, info, size, okm, result } of testGroups.flatMap(({ tests }) => tests)) {
        const derive = () => deriveKey({ secret: hex(ikm), salt: hex(salt), purpose: hex(info), bytes: size })
        if (result === "valid") {
          expect(derive().toString("hex")).toBe(okm)
        } else {
          expect(derive).toThrow()
        }
      }
    }
  )
})
