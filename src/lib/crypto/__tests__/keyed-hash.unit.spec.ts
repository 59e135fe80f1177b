import { equalHashes, keyedHash } from "../keyed-hash"

describe("keyedHash", () => {
  // RFC 4231, test cases 1, 2 and 6 (a key longer than the block).
  it.each([
    {
      key: Buffer.alloc(20, 0x0b),
      message: "Hi There",
      hash: "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
    },
    {
      key: Buffer.from("Jefe"),
      message: "what do ya want for nothing?",
      hash: "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
    },
    {
      key: Buffer.alloc(131, 0xaa),
      message: "Test Using Larger Than Block-Size Key - Hash Key First",
      hash: "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
    },
  ])("is HMAC-SHA256 as RFC 4231 has it: $message", ({ key, message, hash }) => {
    expect(keyedHash(key, message)).toBe(hash)
  })

  it("differs under another key", () => {
    expect(keyedHash(Buffer.from("one"), "K7M2PX")).not.toBe(keyedHash(Buffer.from("two"), "K7M2PX"))
  })
})

describe("equalHashes", () => {
  it.each([
    ["abcd", "abcd", true],
    ["abcd", "abce", false],
    ["abcd", "abc", false],
    ["", "", true],
  ])("%j and %j: %s", (left, right, equal) => {
    expect(equalHashes(left, right)).toBe(equal)
  })
})
