import { asValue } from "@medusajs/framework/awilix"
import { createMedusaContainer } from "@medusajs/framework/utils"

import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import { WHOLESALE_STORE } from "../../modules/wholesale-store"
import recover from "../recover"

/** A container of two stores, one of which has lost its keys. */
function containerOf() {
  const [lines, replaced]: [string[], string[]] = [[], []]
  const stores = [
    { id: "whstore_1", name: "Harbour", incarnation: 1 },
    { id: "whstore_2", name: "Corner", incarnation: 4 },
  ]
  const updated: object[] = []
  const container = createMedusaContainer()
  container.register({
    logger: asValue({ info: (line: string) => lines.push(line) }),
    [WHOLESALE_STORE]: asValue({
      listWholesaleStores: async () => stores,
      updateWholesaleStores: async (rows: object[]) => updated.push(...rows),
    }),
    [WHOLESALE_EXCHANGE]: asValue({
      storesWithLostKeys: async () => ["whstore_2"],
      replaceLostKeys: async (id: string) => replaced.push(id),
    }),
  })
  return { container, lines, replaced, updated }
}

describe("the command after a loss", () => {
  it.each([[[]], [["keys"]], [["toString"]], [["restored", "lost-keys"]]])("refuses %j and names what it takes", async (args) => {
    const { container, updated, replaced } = containerOf()
    await expect(recover({ container, args })).rejects.toMatchObject({
      code: "recovery_unknown",
      message: expect.stringContaining("restored or lost-keys"),
    })
    expect([updated, replaced]).toEqual([[], []])
  })

  it("raises the incarnation of every store after a restore", async () => {
    const { container, lines, updated } = containerOf()
    await recover({ container, args: ["restored"] })
    expect(updated).toEqual([
      { id: "whstore_1", incarnation: 2 },
      { id: "whstore_2", incarnation: 5 },
    ])
    expect(lines).toContainEqual(expect.stringContaining("Corner (whstore_2) is in its incarnation 5"))
  })

  it("gives other keys to the stores that have lost theirs", async () => {
    const { container, lines, replaced } = containerOf()
    await recover({ container, args: ["lost-keys"] })
    expect(replaced).toEqual(["whstore_2"])
    expect(lines[0]).toContain("Store whstore_2 has other keys")
  })
})
