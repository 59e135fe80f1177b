import { everyRow, type KeyPage } from "../key-page"

const rows = ["a", "b", "c", "d", "e"].map((id) => ({ id }))

async function collect(limit: number, taken: Set<string> = new Set()) {
  const asked: KeyPage[] = []
  const met: string[] = []
  const read = async (page: KeyPage) => {
    asked.push(page)
    return rows.filter(({ id }) => !taken.has(id) && id > (page.after ?? "")).slice(0, page.limit)
  }
  for await (const { id } of everyRow(read, limit)) {
    met.push(id)
    // Every second row is dealt with and is read no more; the others stay behind.
    if (met.length % 2) {
      taken.add(id)
    }
  }
  return { met, asked }
}

describe("everyRow", () => {
  it.each([1, 2, 3, 5, 100])("meets every row once by pages of %d, also those that stay behind", async (limit) => {
    expect((await collect(limit)).met).toEqual(["a", "b", "c", "d", "e"])
  })

  it("asks for the rows after the last one met, and no further than a page that is not full", async () => {
    expect((await collect(2)).asked).toEqual([
      { limit: 2, after: undefined },
      { limit: 2, after: "b" },
      { limit: 2, after: "d" },
    ])
  })

  it("meets nothing where nothing is", async () => {
    const { met, asked } = await collect(2, new Set(rows.map(({ id }) => id)))
    expect(met).toEqual([])
    expect(asked).toHaveLength(1)
  })
})
