import { parseUrl } from "../parse-url"

describe("an address", () => {
  it("is read however often it was read before, also beyond ASCII", () => {
    // Some thousand calls are what an optimising compiler waits for.
    const read = Array.from({ length: 20_000 }, () => parseUrl("https://relé.example")?.hostname)
    expect(new Set(read)).toEqual(new Set(["xn--rel-dma.example"]))
  })

  it.each(["", "relay", "https://", "https://a b"])("is none in %j", (text) => {
    expect(parseUrl(text)).toBeUndefined()
  })
})
