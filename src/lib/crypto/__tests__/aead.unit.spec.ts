import { open, seal, TAG_BYTES } from "../aead"
import { testWithVectors } from "./official-vectors"

const hex = (text: string): Buffer => Buffer.from(text, "hex")

interface AeadVectors {
  testGroups: {
    tests: { key: string; iv: string; aad: string; msg: string; ct: string; tag: string; result: string }[]
  }[]
}

// RFC 8439, section 2.8.2.
const RFC_8439 = {
  key: hex("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9f"),
  nonce: hex("070000004041424344454647"),
  associated: hex("50515253c0c1c2c3c4c5c6c7"),
  plaintext: Buffer.from(
    "Ladies and Gentlemen of the class of '99: If I could offer you only one tip for the future, sunscreen would be it."
  ),
  sealed: hex(
    "d31a8d34648e60db7b86afbc53ef7ec2a4aded51296e08fea9e2b5a736ee62d63dbea45e8ca9671282fafb69da92728b1a71de0a9e06" +
      "0b2905d6a5b67ecd3b3692ddbd7f2d778b8c9803aee328091b58fab324e4fad675945585808b4831d7bc3ff4def08e4b7a9de576d265" +
      "86cec64b6116" +
      "1ae10b594f09e26a7e902ecbd0600691"
  ),
}

describe("seal and open", () => {
  it("give the ciphertext and the tag of RFC 8439, section 2.8.2, and its text back", () => {
    expect(seal(RFC_8439, RFC_8439.plaintext).toString("hex")).toBe(RFC_8439.sealed.toString("hex"))
    expect(open(RFC_8439, RFC_8439.sealed)).toEqual(RFC_8439.plaintext)
  })

  it("open the ciphertext of RFC 8439, appendix A.5", () => {
    const opened = open(
      {
        key: hex("1c9240a5eb55d38af333888604f6b5f0473917c1402b80099dca5cbc207075c0"),
        nonce: hex("000000000102030405060708"),
        associated: hex("f33388860000000000004e91"),
      },
      hex(
        "64a0861575861af460f062c79be643bd5e805cfd345cf389f108670ac76c8cb24c6cfc18755d43eea09ee94e382d26b0bdb7b73c321b" +
          "0100d4f03b7f355894cf332f830e710b97ce98c8a84abd0b948114ad176e008d33bd60f982b1ff37c8559797a06ef4f0ef61c186" +
          "324e2b3506383606907b6a7c02b0f9f6157b53c867e4b9166c767b804d46a59b5216cde7a4e99040c5a40433225ee282a1b0a06c" +
          "523eaf4534d7f83fa1155b0047718cbc546a0d072b04b3564eea1b422273f548271a0bb2316053fa76991955ebd63159434ecebb" +
          "4e466dae5a1073a6727627097a1049e617d91d361094fa68f0ff77987130305beaba2eda04df997b714d6c6f2c29a6ad5cb4022b" +
          "02709b" +
          "eead9d67890cbb22392336fea1851f38"
      )
    )
    expect(opened?.toString("utf8")).toBe(
      "Internet-Drafts are draft documents valid for a maximum of six months and may be updated, replaced, or " +
        "obsoleted by other documents at any time. It is inappropriate to use Internet-Drafts as reference material " +
        "or to cite them other than as /“work in progress./”"
    )
  })

  it.each([0, 1, 63, 64, 65, 1_000])("bring back %i bytes, sealed into that many and a tag", (bytes) => {
    const plaintext = Buffer.alloc(bytes, 7)
    const sealed = seal(RFC_8439, plaintext)
    expect(sealed).toHaveLength(bytes + TAG_BYTES)
    expect(open(RFC_8439, sealed)).toEqual(plaintext)
  })

  it("do not open when any bit of key, nonce, associated data, ciphertext or tag differs", () => {
    const parts = ["key", "nonce", "associated", "sealed"] as const
    for (const part of parts) {
      for (let bit = 0; bit < RFC_8439[part].length * 8; bit++) {
        const changed = Buffer.from(RFC_8439[part])
        changed[bit >> 3] ^= 1 << (bit & 7)
        const input = { ...RFC_8439, [part]: changed }
        expect(open(input, input.sealed)).toBeUndefined()
      }
    }
  })

  it("do not open what was cut or lengthened anywhere", () => {
    for (let length = 0; length < RFC_8439.sealed.length; length++) {
      expect(open(RFC_8439, RFC_8439.sealed.subarray(0, length))).toBeUndefined()
    }
    expect(open(RFC_8439, Buffer.concat([RFC_8439.sealed, Buffer.alloc(1)]))).toBeUndefined()
    expect(open(RFC_8439, Buffer.concat([Buffer.alloc(1), RFC_8439.sealed]))).toBeUndefined()
  })

  it.each([
    ["key", 31],
    ["key", 33],
    ["nonce", 0],
    ["nonce", 8],
    ["nonce", 11],
    ["nonce", 13],
    ["nonce", 24],
  ])("refuse a %s of %i bytes as a mistake of the caller", (part, bytes) => {
    const input = { ...RFC_8439, [part]: Buffer.alloc(bytes) }
    expect(() => seal(input, RFC_8439.plaintext)).toThrow(RangeError)
    expect(() => open(input, RFC_8439.sealed)).toThrow(RangeError)
  })

  testWithVectors<AeadVectors>(
    "wycheproof_chacha20_poly1305_test.json",
    "answer every Wycheproof vector as they ask",
    ({ testGroups }) => {
      const tests = testGroups.flatMap((group) => group.tests)
      expect(tests.length).toBeGreaterThan(300)
      for (const { key, iv, aad, msg, ct, tag, result } of tests) {
        const input = { key: hex(key), nonce: hex(iv), associated: hex(aad) }
        if (input.nonce.length !== 12) {
          expect(result).toBe("invalid")
          expect(() => open(input, hex(ct + tag))).toThrow(RangeError)
        } else if (result === "valid") {
          expect(open(input, hex(ct + tag))?.toString("hex")).toBe(msg)
          expect(seal(input, hex(msg)).toString("hex")).toBe(ct + tag)
        } else {
          expect(open(input, hex(ct + tag))).toBeUndefined()
        }
      }
    }
  )
})
