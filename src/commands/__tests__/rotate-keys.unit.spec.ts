import { createMedusaContainer } from "@medusajs/framework/utils"
import { asValue } from "@medusajs/framework/awilix"

import { WHOLESALE_EXCHANGE } from "../../modules/wholesale-exchange"
import rotateKeys from "../rotate-keys"

/** A container whose exchange remembers which rotation began; that one ends at once. */
function containerOf(begun: string[]) {
  const lines: string[] = []
  const container = createMedusaContainer()
  container.register({
    logger: asValue({ info: (line: string) => lines.push(line) }),
    [WHOLESALE_EXCHANGE]: asValue({
      rewrapDataKeys: async () => {
        begun.push("master")
        return { rewrapped: 0, failures: [] }
      },
      storesWithSecrets: async () => {
        begun.push("data")
        return []
      },
      forgetDataKeys: async () => ({ forgotten: 0, left: [] }),
    }),
  })
  return { container, lines }
}

describe("the command that rotates keys", () => {
  it.each([[[]], [["keys"]], [["master", "data"]]])("refuses %j and names what it takes", async (args) => {
    const begun: string[] = []
    const { container } = containerOf(begun)
    await expect(rotateKeys({ container, args })).rejects.toMatchObject({
      code: "rotation_unknown",
      message: expect.stringContaining("master or data"),
    })
    expect(begun).toEqual([])
  })

  it.each(["master", "data"])("begins with %s what it was told, and says what it does", async (what) => {
    const begun: string[] = []
    const { container, lines } = containerOf(begun)
    await rotateKeys({ container, args: [what] })
    expect(new Set(begun)).toEqual(new Set([what]))
    expect(lines.length).toBeGreaterThan(0)
  })
})
