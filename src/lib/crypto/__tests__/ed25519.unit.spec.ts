import { createHash } from "node:crypto"

import { ed25519Sign, ed25519Signer, ed25519Verify, generateEd25519 } from "../ed25519"
import { testWithVectors } from "./official-vectors"
import { loadTweetnacl } from "./tweetnacl"

const hex = (text: string): Buffer => Buffer.from(text, "hex")

const { sign: nacl } = loadTweetnacl()

/** 32 bytes that look random and are the same in every run. */
const bytesOf = (label: string): Buffer => createHash("sha256").update(label).digest()

interface EddsaVectors {
  testGroups: {
    publicKey: { pk: string }
    tests: { msg: string; sig: string; result: string }[]
  }[]
}

describe("ed25519", () => {
  // RFC 8032, section 7.1: tests 1, 2, 3 and SHA(abc).
  it.each([
    {
      name: "an empty message",
      seed: "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
      key: "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
      message: "",
      signature:
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd" +
        "25bf5f0595bbe24655141438e7a100b",
    },
    {
      name: "one byte",
      seed: "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
      key: "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
      message: "72",
      signature:
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c3" +
        "87b2eaeb4302aeeb00d291612bb0c00",
    },
    {
      name: "two bytes",
      seed: "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
      key: "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
      message: "af82",
      signature:
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594" +
        "a7c15e9716ed28dc027beceea1ec40a",
    },
    {
      name: "SHA-512 of abc",
      seed: "833fe62409237b9d62ec77587520911e9a759cec1d19755b7da901b96dca3d42",
      key: "ec172b93ad5e563bf4932c70e1245034c35467ef2efd4d64ebf819683467e2bf",
      message: createHash("sha512").update("abc").digest("hex"),
      signature:
        "dc2a4459e7369633a52b1bf277839a00201009a3efbf3ecb69bea2186c26b58909351fc9ac90b3ecfdfbc7c66431e0303" +
        "dca179c138ac17ad9bef1177331a704",
    },
  ])("gives the signature of RFC 8032: $name", ({ seed, key, message, signature }) => {
    const pair = { private_key: hex(seed), public_key: hex(key) }
    expect(ed25519Sign(pair, hex(message)).toString("hex")).toBe(signature)
    expect(ed25519Verify(hex(key), hex(message), hex(signature))).toBe(true)
  })

  it("agrees with tweetnacl on the signatures of 300 inputs", () => {
    for (let index = 0; index < 300; index++) {
      const [seed, message] = [bytesOf(`seed ${index}`), Buffer.from(`message ${index} `.repeat(index % 7))]
      const { publicKey, secretKey } = nacl.keyPair.fromSeed(seed)
      const signature = nacl.detached(message, secretKey)
      expect(ed25519Sign({ private_key: seed, public_key: Buffer.from(publicKey) }, message)).toEqual(Buffer.from(signature))
      expect(ed25519Verify(publicKey, message, signature)).toBe(true)
    }
  })

  it("makes key pairs of which tweetnacl makes the same public key, and whose signatures it accepts", () => {
    const pair = generateEd25519()
    expect(pair.private_key).toHaveLength(32)
    expect(pair.public_key).toEqual(Buffer.from(nacl.keyPair.fromSeed(pair.private_key).publicKey))
    const message = Buffer.from("an order")
    expect(nacl.detached.verify(message, ed25519Sign(pair, message), pair.public_key)).toBe(true)
  })

  it("signs many messages with a key that was made ready once", () => {
    const pair = generateEd25519()
    const signer = ed25519Signer(pair)
    const messages = ["an order", "", "an invoice"].map((text) => Buffer.from(text))
    expect(signer.public_key).toEqual(pair.public_key)
    expect(messages.map((message) => signer.sign(message))).toEqual(messages.map((message) => ed25519Sign(pair, message)))
  })

  it("refuses a signature when any bit of key, message or signature differs", () => {
    const pair = generateEd25519()
    const message = Buffer.from("an order")
    const given = [pair.public_key, message, ed25519Sign(pair, message)] as const
    for (const [which, bytes] of given.entries()) {
      for (let bit = 0; bit < bytes.length * 8; bit++) {
        const changed = Buffer.from(bytes)
        changed[bit >> 3] ^= 1 << (bit & 7)
        const [key, text, signature] = given.map((part, index) => (index === which ? changed : part))
        expect(ed25519Verify(key, text, signature)).toBe(false)
      }
    }
  })

  // The points of order 1, 2, 4 and 8 in every encoding, with either sign. A key among them says yes to one signature
  // on many messages, with S = 0 and a low-order R on all of them.
  const LOW_ORDER = [
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
    "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
  ].flatMap((point) => {
    const negative = hex(point)
    negative[31] |= 0x80
    return [hex(point), negative]
  })

  it("refuses the low-order public keys, under which one signature fits many messages", () => {
    for (const key of LOW_ORDER) {
      for (const commitment of LOW_ORDER) {
        for (let index = 0; index < 8; index++) {
          const signature = Buffer.concat([commitment, Buffer.alloc(32)])
          expect(ed25519Verify(key, Buffer.from(`message ${index}`), signature)).toBe(false)
        }
      }
    }
  })

  it.each([0, 31, 33, 64])("takes %i bytes for no private key and for no public key", (bytes) => {
    const pair = generateEd25519()
    const message = Buffer.from("an order")
    expect(() => ed25519Sign({ ...pair, private_key: Buffer.alloc(bytes, 9) }, message)).toThrow(RangeError)
    expect(ed25519Verify(Buffer.alloc(bytes, 9), message, ed25519Sign(pair, message))).toBe(false)
  })

  testWithVectors<EddsaVectors>(
    "wycheproof_ed25519_test.json",
    "answers every Wycheproof signature as they ask",
    ({ testGroups }) => {
      const tests = testGroups.flatMap(({ publicKey, tests }) => tests.map((test) => ({ ...test, ...publicKey })))
      expect(tests.length).toBeGreaterThan(100)
      for (const { pk, msg, sig, result } of tests) {
        expect(ed25519Verify(hex(pk), hex(msg), hex(sig))).toBe(result === "valid")
      }
    }
  )
})
