import crypto, { createHash } from "node:crypto"

import { generateX25519, x25519, x25519OrNone, x25519PublicKey } from "../x25519"
import { testWithVectors } from "./official-vectors"
import { loadTweetnacl } from "./tweetnacl"

const hex = (text: string): Buffer => Buffer.from(text, "hex")

const { scalarMult } = loadTweetnacl()

/** 32 bytes that look random and are the same in every run. */
const bytesOf = (label: string): Buffer => createHash("sha256").update(label).digest()

interface XdhVectors {
  testGroups: {
    tests: { public: string; private: string; shared: string; flags: string[] }[]
  }[]
}

describe("x25519", () => {
  it("gives the shared secrets of RFC 7748, section 5.2", () => {
    expect(
      x25519(
        hex("a546e36bf0527c9d3b16154b82465edd62144c0ac1fc5a18506a2244ba449ac4"),
        hex("e6db6867583030db3594c1a424b15f7c726624ec26b3353b10a903a6d0ab1c4c")
      ).toString("hex")
    ).toBe("c3da55379de9c6908e94ea4df28d084f32eccf03491c71f754b4075577a28552")
    expect(
      x25519(
        hex("4b66e9d4d1b4673c5ad22691957d6af5c11b6421e0ea01d42ca4169e7918ba0d"),
        hex("e5210f12786811d3f4b7959d0538ae2c31dbe7106fc03c3efc4cd549c715a493")
      ).toString("hex")
    ).toBe("95cbde9476e8907d7aade45cb4b873f88b595a68799fa152e6f8f7647aac7957")
  })

  it("gives the iterated secrets of RFC 7748, section 5.2, after 1 and 1,000 rounds", () => {
    let [scalar, point]: Buffer[] = [hex(`09${"00".repeat(31)}`), hex(`09${"00".repeat(31)}`)]
    const after = new Map<number, string>()
    for (let round = 1; round <= 1_000; round++) {
      ;[scalar, point] = [x25519(scalar, point), scalar]
      after.set(round, scalar.toString("hex"))
    }
    expect(after.get(1)).toBe("422c8e7a6227d7bca1350b3e2bb7279f7897b87bb6854b783c60e80311ae3079")
    expect(after.get(1_000)).toBe("684cf59ba83309552800ef566f2f4d3c1c3887c49360e3875f2eb94d99532c51")
  })

  it("gives the keys and the secret of RFC 7748, section 6.1, to both sides", () => {
    const [alice, bob] = [
      hex("77076d0a7318a57d3c16c17251b26645df4c2f87ebc0992ab177fba51db92c2a"),
      hex("5dab087e624a8a4b79e17f8b83800ee66f3bb1292618b6fd1c2f8b27ff88e0eb"),
    ]
    const publicOfAlice = x25519PublicKey(alice)
    const publicOfBob = x25519PublicKey(bob)
    expect(publicOfAlice.toString("hex")).toBe("8520f0098930a754748b7ddcb43ef75a0dbf3a0d26381af4eba4a98eaa9b4e6a")
    expect(publicOfBob.toString("hex")).toBe("de9edb7d7b7dc1b4d35b61c2ece435373f8343c85b78674dadfc7e146f882b4f")
    const secret = "4a5d9d5ba4ce2de1728e3bf480350f25e07e21c947d19e3376f09b3c1e161742"
    expect(x25519(alice, publicOfBob).toString("hex")).toBe(secret)
    expect(x25519(bob, publicOfAlice).toString("hex")).toBe(secret)
  })

  it("agrees with tweetnacl on 300 inputs", () => {
    for (let index = 0; index < 300; index++) {
      const [privateKey, publicKey] = [bytesOf(`private ${index}`), bytesOf(`public ${index}`)]
      expect(x25519(privateKey, publicKey)).toEqual(Buffer.from(scalarMult(privateKey, publicKey)))
    }
  })

  it("agrees with tweetnacl on the public keys of its own pairs", () => {
    for (let index = 0; index < 100; index++) {
      const { private_key, public_key } = generateX25519()
      expect(x25519PublicKey(private_key)).toEqual(public_key)
      expect(Buffer.from(scalarMult.base(private_key))).toEqual(public_key)
    }
  })

  // Every encoding of a point of low order on the curve or its twist that fits into 255 bits: the first seven of
  // draft-irtf-cfrg-cpace-21, appendix B.1. The 256th bit does not count (RFC 7748, section 5).
  it.each([
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ])("refuses the low-order public key %s, with its highest bit set, too", (point) => {
    const publicKey = hex(point)
    expect(() => x25519(bytesOf("private"), publicKey)).toThrow("low order")
    expect(x25519OrNone(bytesOf("private"), publicKey)).toBeUndefined()
    publicKey[31] |= 0x80
    expect(() => x25519(bytesOf("private"), publicKey)).toThrow("low order")
    expect(x25519OrNone(bytesOf("private"), publicKey)).toBeUndefined()
  })

  it("takes nothing else that fails for a key of low order", () => {
    const { private_key, public_key } = generateX25519()
    expect(x25519OrNone(private_key, public_key)).toEqual(x25519(private_key, public_key))
    expect(() => x25519OrNone(private_key.subarray(1), Buffer.alloc(32))).toThrow(RangeError)
    expect(() => x25519OrNone(private_key, Buffer.alloc(31))).toThrow(RangeError)
    const failing = jest.spyOn(crypto, "diffieHellman").mockImplementation(() => {
      throw new Error("out of memory")
    })
    try {
      expect(() => x25519OrNone(private_key, public_key)).toThrow("out of memory")
    } finally {
      failing.mockRestore()
    }
  })

  it.each([0, 31, 33])("refuses keys of %i bytes", (bytes) => {
    const { private_key, public_key } = generateX25519()
    expect(() => x25519(Buffer.alloc(bytes, 9), public_key)).toThrow(RangeError)
    expect(() => x25519(private_key, Buffer.alloc(bytes, 9))).toThrow(RangeError)
    expect(() => x25519PublicKey(Buffer.alloc(bytes, 9))).toThrow(RangeError)
  })

  testWithVectors<XdhVectors>(
    "wycheproof_x25519_test.json",
    "gives every Wycheproof secret, and refuses every public key whose secret would be zero",
    ({ testGroups }) => {
      const tests = testGroups.flatMap((group) => group.tests)
      expect(tests.length).toBeGreaterThan(500)
      let refused = 0
      for (const { public: publicKey, private: privateKey, shared, flags } of tests) {
        const derive = () => x25519(hex(privateKey), hex(publicKey)).toString("hex")
        if (flags.includes("ZeroSharedSecret")) {
          expect(derive).toThrow("low order")
          refused++
        } else {
          expect(derive()).toBe(shared)
        }
      }
      expect(refused).toBe(31)
    }
  )
})
