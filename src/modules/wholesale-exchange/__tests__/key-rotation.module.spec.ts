import { randomBytes } from "node:crypto"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"
import { SEALED_COLUMNS } from "../relay/rotation"
import { rotateDataKeys, rotateMasterKey } from "../rotate-keys"
import { anotherProcess, document, openPair, sides, type Pair } from "./relay-sides"

jest.setTimeout(120_000)

const OLD_MASTER = randomBytes(32).toString("base64")
const NEW_MASTER = randomBytes(32).toString("hex")

class BrokenOff extends Error {}

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  moduleOptions: { masterKey: OLD_MASTER },
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service, MikroOrmWrapper }) => {
    const { execute, seal, settle, revisions } = sides(service, MikroOrmWrapper)
    let pair: Pair
    let other: Pair
    beforeEach(async () => {
      pair = await openPair(service)
      other = await openPair(service, { retailer: "third", name: "2" })
    })

    const keys = async () =>
      await execute<{ id: string; store_id: string; is_current: boolean; master_key_id: string }>(
        "select id, store_id, is_current, master_key_id from wholesale_data_key order by store_id, is_current"
      )
    const withMasters = (masterKey: string, previousMasterKey?: string) =>
      anotherProcess(service, { masterKey, previousMasterKey })
    const quiet = () => undefined

    /** Everything that is sealed opens in a process that has just begun, and does what it is for. */
    const expectWorking = async (process: WholesaleExchangeModuleService, revision: number) => {
      const there = sides(process, MikroOrmWrapper)
      for (const { distributor, retailer } of [pair, other]) {
        const name = { id: `doc_${revision}` }
        await there.seal(distributor, document(1, name))
        await there.seal(retailer, document(1, name))
        expect(await process.beginSending(distributor)).toMatchObject({ key: { private_key: expect.any(Buffer) } })
        await process.endSending({ id: distributor.id, failure: null, failures: 0, wait_seconds: 0, sent: false })
        await there.settle({ distributor, retailer })
        expect((await there.inbox(retailer)).map(({ document_id }) => document_id)).toContain(name.id)
      }
      await process.relayKeys("third")
    }

    /** The verbs of a process that dies at its n-th call of any, before it took effect or right after. */
    const dyingAt = (process: WholesaleExchangeModuleService, at: number, when: "before" | "after") => {
      let calls = 0
      const counted =
        <Input, Output>(verb: (input: Input) => Promise<Output>) =>
        async (input: Input): Promise<Output> => {
          calls += 1
          if (calls === at && when === "before") {
            throw new BrokenOff()
          }
          const output = await verb(input)
          if (calls === at) {
            throw new BrokenOff()
          }
          return output
        }
      return {
        rewrapDataKeys: counted((page: { limit: number; after?: string }) =>
          process.rewrapDataKeys({ ...page, limit: 1 })
        ),
        storesWithSecrets: counted((page: { limit: number; after?: string }) => process.storesWithSecrets(page)),
        rotateDataKey: counted((store: { store_id: string }) => process.rotateDataKey(store)),
        resealSecrets: counted((page: { store_id: string; limit: number; after?: string }) =>
          process.resealSecrets({ ...page, limit: 1 })
        ),
        forgetDataKeys: counted(() => process.forgetDataKeys()),
      }
    }

    it("knows every column that is sealed", async () => {
      const rows = await execute<{ table_name: string; column_name: string }>(
        `select table_name, column_name from information_schema.columns
         where table_name like 'wholesale_%' and column_name like '%\\_sealed' order by table_name, column_name`
      )
      const known = SEALED_COLUMNS.flatMap(({ table, columns }) => columns.map((column) => `${table}.${column}`))
      expect(rows.map((row) => `${row.table_name}.${row.column_name}`)).toEqual(known.sort())
    })

    describe("another master key", () => {
      it("opens everything once the data keys are wrapped under it, and the old one opens nothing", async () => {
        const both = withMasters(NEW_MASTER, OLD_MASTER)
        const lines: string[] = []
        await rotateMasterKey(both, (line) => lines.push(line))
        expect(lines).toEqual(["3 data keys are wrapped under the current master key now."])
        await expectWorking(withMasters(NEW_MASTER), 1)
        await expectWorking(service, 2)
        await expect(withMasters(OLD_MASTER).relayKeys("third")).rejects.toMatchObject({ code: "master_key_wrong" })
      })

      it.each(["before", "after"] as const)("is taken over wherever it was broken off, %s each step", async (when) => {
        const both = withMasters(NEW_MASTER, OLD_MASTER)
        let brokenOff = 0
        for (let at = 1; ; at++) {
          try {
            await rotateMasterKey(dyingAt(both, at, when), quiet)
            break
          } catch (error) {
            expect(error).toBeInstanceOf(BrokenOff)
            brokenOff += 1
          }
          await expectWorking(withMasters(NEW_MASTER, OLD_MASTER), at)
        }
        // Three keys, of which each run does one more than the last before it is broken off.
        expect(brokenOff).toBeGreaterThanOrEqual(2)
        await expectWorking(withMasters(NEW_MASTER), 100)
      })

      it("leaves what neither of the two opens, says so, and does all others", async () => {
        await execute("update wholesale_data_key set master_key_id = '00000000' where store_id = 'retailer'")
        await expect(rotateMasterKey(withMasters(NEW_MASTER, OLD_MASTER), quiet)).rejects.toMatchObject({
          code: "master_key_wrong",
          details: { store_id: "retailer", expected_master_key_id: "00000000" },
        })
        const left = (await keys()).filter(({ master_key_id }) => master_key_id === "00000000")
        expect(left.map(({ store_id }) => store_id)).toEqual(["retailer"])
        await withMasters(NEW_MASTER).relayKeys("third")
      })
    })

    describe("a lost master key", () => {
      it("is made good by other keys: channels are out of step until they are ended, and new ones work", async () => {
        const { distributor, retailer } = pair
        await seal(distributor, document(1))
        const begun = withMasters(NEW_MASTER)
        const apart = await openPair(begun, { distributor: "fourth", retailer: "fifth", name: "3" })
        const before = await service.relayOf("distributor")
        expect(await service.storesWithLostKeys()).toEqual(["fifth", "fourth"])
        expect(await begun.storesWithLostKeys()).toEqual(["distributor", "retailer", "third"])
        await expect(begun.relayKeys("distributor")).rejects.toMatchObject({ code: "master_key_wrong" })

        expect(await begun.replaceLostKeys("fourth")).toBeUndefined()
        expect(await begun.replaceLostKeys("distributor")).toBe(2)
        expect(await begun.replaceLostKeys("distributor")).toBeUndefined()
        for (const store of ["retailer", "third"]) {
          expect(await begun.replaceLostKeys(store)).toBe(1)
        }
        expect(await begun.storesWithLostKeys()).toEqual([])

        const there = sides(begun, MikroOrmWrapper)
        const after = await begun.relayOf("distributor")
        expect(after).toMatchObject({ relay_url: before?.relay_url })
        expect(after?.identity_public_key).not.toBe(before?.identity_public_key)
        await begun.relayKeys("distributor")
        expect(await there.channel(distributor)).toMatchObject({ status: "desync", desync_reason: "keys_lost", queued: 0 })
        await expect(there.seal(distributor, document(2))).rejects.toMatchObject({ code: "channel_not_open" })
        await begun.closeChannel(distributor)
        expect((await begun.channelsToForget({ limit: 10 })).map(({ id }) => id)).toEqual([distributor.id])
        await begun.forgetChannel(distributor.id)
        expect(await there.channel(distributor)).toMatchObject({ status: "closed" })
        expect(await there.channel(retailer)).toMatchObject({ status: "desync", closing_at: null })

        // Others are untouched, and who lost his keys trades over new channels.
        for (const working of [apart, await openPair(begun, { name: "4" })]) {
          await there.seal(working.distributor, document(1))
          await there.settle(working)
          expect(await there.revisions(working.retailer)).toEqual([1])
        }
      })
    })

    describe("another data key", () => {
      it("of every store seals everything, and the old ones are gone", async () => {
        const before = await keys()
        const running = anotherProcess(service, { masterKey: OLD_MASTER })
        await expectWorking(running, 1)
        await rotateDataKeys(service, quiet)
        const after = await keys()
        expect(after.map(({ store_id, is_current }) => [store_id, is_current])).toEqual([
          ["distributor", true],
          ["retailer", true],
          ["third", true],
        ])
        expect(after.filter(({ id }) => before.some((key) => key.id === id))).toEqual([])
        // A process that has the old keys in memory, one that has just begun, and the one that rotated.
        await expectWorking(running, 2)
        await expectWorking(withMasters(OLD_MASTER), 3)
        await expectWorking(service, 4)
      })

      it.each(["before", "after"] as const)("is taken over wherever it was broken off, %s each step", async (when) => {
        const first = await keys()
        let brokenOff = 0
        for (let at = 1; ; at++) {
          try {
            await rotateDataKeys(dyingAt(withMasters(OLD_MASTER), at, when), quiet)
            break
          } catch (error) {
            expect(error).toBeInstanceOf(BrokenOff)
            brokenOff += 1
          }
          expect((await keys()).filter(({ is_current }) => is_current)).toHaveLength(3)
          await expectWorking(withMasters(OLD_MASTER), at)
          if (at % 4 === 0) {
            // From another point each time: what is done already is passed by quickly.
            await rotateDataKeys(withMasters(OLD_MASTER), quiet)
            expect(await keys()).toHaveLength(3)
          }
        }
        expect(brokenOff).toBeGreaterThan(10)
        expect((await keys()).filter(({ id }) => first.some((key) => key.id === id))).toEqual([])
        await expectWorking(withMasters(OLD_MASTER), 1_000)
      })

      it("is one, though two begin at once", async () => {
        const rotated = await Promise.all(
          Array.from({ length: 4 }, () => withMasters(OLD_MASTER).rotateDataKey({ store_id: "third" }))
        )
        expect(rotated.filter((it) => it?.begun)).toHaveLength(1)
        expect(new Set(rotated.map((it) => it?.data_key_id)).size).toBe(1)
        expect(await service.rotateDataKey({ store_id: "nobody" })).toBeUndefined()
      })

      it("comes while others seal, and nothing is lost under the old one", async () => {
        let done = false
        let sealed = 0
        const sealing = async () => {
          for (; !done; sealed++) {
            await seal(pair.distributor, document(sealed + 1))
            await service.beat(pair.retailer)
          }
        }
        const opening = async () => {
          for (let opened = 10; !done; opened++) {
            await openPair(service, { name: String(opened) })
          }
        }
        const rotating = async () => {
          const process = withMasters(OLD_MASTER)
          for (let round = 0; round < 5; round++) {
            await rotateDataKeys(process, quiet)
          }
          done = true
        }
        await Promise.all([sealing(), opening(), rotating()])
        // What was sealed under an old key at the last moment keeps it until the next run.
        await rotateDataKeys(withMasters(OLD_MASTER), quiet)
        await rotateDataKeys(withMasters(OLD_MASTER), quiet)
        expect(await keys()).toHaveLength(3)
        await settle(pair)
        expect(await revisions(pair.retailer)).toHaveLength(sealed)
        await expectWorking(withMasters(OLD_MASTER), 5_000)
      })

      it("passes by what cannot be read, names it, and keeps the old key for it", async () => {
        await execute("update wholesale_relay_channel set session_sealed = overlay(session_sealed placing 'AAAA' from 40) where id = ?", [
          other.distributor.id,
        ])
        const lines: string[] = []
        await expect(rotateDataKeys(service, (line) => lines.push(line))).rejects.toMatchObject({
          code: "secret_unreadable",
          details: { row_id: other.distributor.id, column: "session_sealed" },
        })
        expect(lines.filter((line) => line.includes("stays"))).toHaveLength(1)
        expect((await keys()).map(({ store_id }) => store_id)).toEqual(["distributor", "distributor", "retailer", "third"])
        await service.forgetChannel(other.distributor.id)
        await rotateDataKeys(service, quiet)
        expect(await keys()).toHaveLength(3)
      })
    })
  },
})
