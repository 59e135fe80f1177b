import { lengthPrefixed, readUint64, uint32, uint64 } from "../encoding"

describe("encoding", () => {
  it("puts the length before each part", () => {
    expect(lengthPrefixed("ab", Buffer.from([7]), "").toString("hex")).toBe("00000002616200000001070000" + "0000")
  })

  it("writes lists of parts apart that only read the same when joined", () => {
    expect(lengthPrefixed("ab", "c")).not.toEqual(lengthPrefixed("a", "bc"))
    expect(lengthPrefixed("abc")).not.toEqual(lengthPrefixed("abc", ""))
  })

  it("counts bytes, not characters", () => {
    expect(lengthPrefixed("ü").toString("hex")).toBe("00000002c3bc")
  })

  it("writes whole numbers with the highest byte first", () => {
    expect(uint32(258).toString("hex")).toBe("00000102")
    expect(uint64(2 ** 32 + 3).toString("hex")).toBe("0000000100000003")
  })

  it.each([0, 1, 2 ** 32 - 1, 2 ** 32, Number.MAX_SAFE_INTEGER])("reads %i back", (value) => {
    expect(readUint64(uint64(value), 0)).toBe(value)
  })

  it.each([-1, 1.5, NaN, 2 ** 53])("does not write %d", (value) => {
    expect(() => uint64(value)).toThrow(RangeError)
  })

  it("does not read what a number cannot hold", () => {
    expect(readUint64(Buffer.alloc(8, 255), 0)).toBeUndefined()
    expect(readUint64(Buffer.from("0020000000000000", "hex"), 0)).toBeUndefined()
  })
})
