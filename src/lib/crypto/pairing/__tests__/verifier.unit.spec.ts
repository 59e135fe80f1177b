import { createHash } from "node:crypto"

import { verifierOf } from "../verifier"

const bytesOf = (label: string): Buffer => createHash("sha256").update(label).digest()
const said = { transcript: bytesOf("transcript"), retailer: bytesOf("retailer"), distributor: bytesOf("distributor") }

describe("verifier", () => {
  it("is eight digits in two groups, the same each time", () => {
    expect(verifierOf(said)).toMatch(/^\d{4}-\d{4}$/)
    expect(verifierOf(said)).toBe(verifierOf(said))
  })

  it("is another for another transcript or nonce, and for the nonces the other way round", () => {
    const verifiers = [
      said,
      { ...said, transcript: bytesOf("another") },
      { ...said, retailer: bytesOf("another") },
      { ...said, distributor: bytesOf("another") },
      { ...said, retailer: said.distributor, distributor: said.retailer },
    ].map(verifierOf)
    expect(new Set(verifiers).size).toBe(5)
  })

  it("has every digit in every place about equally often, the leading zero too", () => {
    const runs = 10_000
    const counts = Array.from({ length: 8 }, () => new Array<number>(10).fill(0))
    for (let run = 0; run < runs; run++) {
      const digits = verifierOf({ ...said, distributor: bytesOf(`${run}`) }).replace("-", "")
      ;[...digits].forEach((digit, place) => counts[place][Number(digit)]++)
    }
    // 1,000 expected, with a standard deviation of 30: all 80 counts lie within five of them.
    for (const count of counts.flat()) {
      expect(Math.abs(count - runs / 10)).toBeLessThan(150)
    }
  })
})
