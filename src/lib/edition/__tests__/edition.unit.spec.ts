import fc from "fast-check"

import { compareEditions, isNewer } from "../edition"

const edition = fc.record({
  incarnation: fc.integer({ min: 1, max: 5 }),
  revision: fc.integer({ min: 1, max: 50 }),
})

describe("editions of a document", () => {
  it.each([
    [{ incarnation: 1, revision: 2 }, { incarnation: 1, revision: 3 }, -1],
    [{ incarnation: 1, revision: 10 }, { incarnation: 1, revision: 9 }, 1],
    [{ incarnation: 1, revision: 99 }, { incarnation: 2, revision: 1 }, -1],
    [{ incarnation: 2, revision: 1 }, { incarnation: 1, revision: 99 }, 1],
    [{ incarnation: 2, revision: 3 }, { incarnation: 2, revision: 3 }, 0],
  ])("%j against %j", (left, right, sign) => {
    expect(Math.sign(compareEditions(left, right))).toBe(sign)
    expect(isNewer(left, right)).toBe(sign > 0)
  })

  it("are in one order, whichever way they are compared", () => {
    fc.assert(
      fc.property(edition, edition, edition, (a, b, c) => {
        expect(Math.sign(compareEditions(a, b)) + Math.sign(compareEditions(b, a))).toBe(0)
        if (compareEditions(a, b) <= 0 && compareEditions(b, c) <= 0) {
          expect(compareEditions(a, c)).toBeLessThanOrEqual(0)
        }
      })
    )
  })
})
