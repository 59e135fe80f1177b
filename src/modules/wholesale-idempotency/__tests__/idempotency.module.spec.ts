import path from "node:path"

import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { contentHash } from "../../../lib/hash/content-hash"
import { WHOLESALE_IDEMPOTENCY } from "../index"
import type WholesaleIdempotencyModuleService from "../service"

jest.setTimeout(60_000)

const slot = {
  store_id: "whstore_1",
  actor_id: "user_1",
  route: "POST /admin/wholesale/orders",
  key: "key-1",
}
const request = { ...slot, request_hash: contentHash({ sku: "A", quantity: 12 }) }
const otherBody = { ...slot, request_hash: contentHash({ sku: "A", quantity: 13 }) }
const inUse = { status: 409, code: "idempotency_key_in_use" }
const reused = { status: 422, code: "idempotency_key_reused" }

moduleTestRunner<WholesaleIdempotencyModuleService>({
  moduleName: WHOLESALE_IDEMPOTENCY,
  resolve: path.join(__dirname, ".."),
  pathToMigrations: path.join(__dirname, "..", "migrations"),
  testSuite: ({ service }) => {
    /** As if the process that ran the request had died a while ago. */
    const expireLease = async () => {
      const [row] = await service.listWholesaleIdempotencyKeys(slot)
      await service.updateWholesaleIdempotencyKeys({ id: row.id, lease_until: new Date(0) })
    }

    describe("a request under an Idempotency-Key", () => {
      it("starts, and its answer is given again to the same request", async () => {
        expect(await service.begin(request)).toEqual({ state: "started" })
        const body = { order: { id: "whord_1", total: 1200, lines: [{ sku: "A" }] } }
        await service.finish({ ...slot, status: 201, body })
        for (let again = 0; again < 3; again++) {
          expect(await service.begin(request)).toEqual({ state: "replay", status: 201, body })
        }
      })

      it("gives a refusal again too", async () => {
        await service.begin(request)
        const body = { code: "credit_limit_exceeded", details: { limit: "5000.00", over_by: "400.00" } }
        await service.finish({ ...slot, status: 409, body })
        expect(await service.begin(request)).toEqual({ state: "replay", status: 409, body })
      })

      it("gives the answer again as it was: order of members, characters no database text holds, times", async () => {
        await service.begin(request)
        const body = { z: 1, a: "nul \u0000 and \u{1F4E6}", m: { y: null, b: [] }, at: new Date(0) }
        await service.finish({ ...slot, status: 200, body })
        const again = await service.begin(request)
        expect(again.state).toBe("replay")
        expect(JSON.stringify(again.state === "replay" && again.body)).toBe(JSON.stringify(body))
      })

      it("is refused while the first one runs", async () => {
        await service.begin(request)
        await expect(service.begin(request)).rejects.toMatchObject({
          ...inUse,
          details: { key: "key-1", route: "POST /admin/wholesale/orders" },
        })
      })

      it("with another body is refused, running or done, and leaves the first answer", async () => {
        await service.begin(request)
        await expect(service.begin(otherBody)).rejects.toMatchObject(reused)
        await service.finish({ ...slot, status: 200, body: { order: "first" } })
        await expect(service.begin(otherBody)).rejects.toMatchObject(reused)
        expect(await service.begin(request)).toMatchObject({ state: "replay", body: { order: "first" } })
      })

      it.each([
        ["store", { store_id: "whstore_2" }],
        ["actor", { actor_id: "user_2" }],
        ["route", { route: "POST /admin/wholesale/orders/whord_1/approve" }],
        ["key", { key: "key-2" }],
      ])("of another %s has nothing to do with it", async (_, difference) => {
        await service.begin(request)
        await service.finish({ ...slot, status: 200, body: { order: "first" } })
        expect(await service.begin({ ...otherBody, ...difference })).toEqual({ state: "started" })
      })

      it("may have a key and a route of any length", async () => {
        const long = { ...request, key: "k".repeat(200), route: `POST /admin/wholesale/${"r".repeat(8000)}` }
        expect(await service.begin(long)).toEqual({ state: "started" })
        await expect(service.begin(long)).rejects.toMatchObject(inUse)
      })
    })

    describe("a request given up", () => {
      it("may be tried again at once, also with another body", async () => {
        await service.begin(request)
        await service.abandon(slot)
        expect(await service.begin(otherBody)).toEqual({ state: "started" })
      })

      it("keeps an answer it has", async () => {
        await service.begin(request)
        await service.finish({ ...slot, status: 200, body: { order: "first" } })
        await service.abandon(slot)
        expect(await service.begin(request)).toMatchObject({ state: "replay" })
      })

      it("by a process that died is taken over once its lease ran out", async () => {
        await service.begin(request)
        await expireLease()
        expect(await service.begin(request)).toEqual({ state: "started" })
        await expect(service.begin(request)).rejects.toMatchObject(inUse)
      })

      it("is not taken over by another body", async () => {
        await service.begin(request)
        await expireLease()
        await expect(service.begin(otherBody)).rejects.toMatchObject(reused)
      })

      it("and finished by two keeps the first answer", async () => {
        await service.begin(request)
        await expireLease()
        await service.begin(request)
        await service.finish({ ...slot, status: 201, body: { order: "first" } })
        await service.finish({ ...slot, status: 500, body: { order: "late" } })
        expect(await service.begin(request)).toEqual({ state: "replay", status: 201, body: { order: "first" } })
      })
    })

    describe("identical requests at the same instant", () => {
      const beginAtOnce = (count: number) =>
        Promise.allSettled(Array.from({ length: count }, () => service.begin(request)))

      it("start once; the others are told that it runs", async () => {
        for (let round = 0; round < 5; round++) {
          const begun = await beginAtOnce(8)
          const started = begun.filter((result) => result.status === "fulfilled")
          const refused = begun.filter((result) => result.status === "rejected")
          expect(started.map(({ value }) => value)).toEqual([{ state: "started" }])
          expect(refused.map(({ reason }) => reason)).toEqual(Array(7).fill(expect.objectContaining(inUse)))
          await service.abandon(slot)
        }
      })

      it("take over a dead process's key once", async () => {
        await service.begin(request)
        await expireLease()
        const begun = await beginAtOnce(8)
        expect(begun.filter(({ status }) => status === "fulfilled")).toHaveLength(1)
      })

      it("do the work once, whoever of them comes when", async () => {
        let worked = 0
        const run = async (): Promise<unknown> => {
          const begun = await service.begin(request)
          if (begun.state === "replay") {
            return begun.body
          }
          const body = { worked: ++worked }
          await service.finish({ ...slot, status: 200, body })
          return body
        }
        const answers = await Promise.allSettled(Array.from({ length: 12 }, run))
        for (const answer of answers) {
          if (answer.status === "fulfilled") {
            expect(answer.value).toEqual({ worked: 1 })
          } else {
            expect(answer.reason).toMatchObject(inUse)
          }
        }
        expect(worked).toBe(1)
        expect(await run()).toEqual({ worked: 1 })
      })

      it("are forgotten when they are old, and not while they run", async () => {
        await service.begin(request)
        const inAnHour = new Date(Date.now() + 3_600_000)
        expect(await service.forget({ before: inAnHour })).toBe(0)

        await service.finish({ ...slot, status: 200, body: { worked: 1 } })
        expect(await service.forget({ before: new Date(Date.now() - 3_600_000) })).toBe(0)
        await expireLease()
        expect(await service.forget({ before: inAnHour })).toBe(1)
        expect(await service.begin(request)).toEqual({ state: "started" })
      })

      it("start again and again while others give up, never two at a time", async () => {
        let running = 0
        const run = async () => {
          await service.begin(request)
          expect(++running).toBe(1)
          running--
          await service.abandon(slot)
        }
        const results = await Promise.allSettled(Array.from({ length: 20 }, run))
        expect(results.filter(({ status }) => status === "fulfilled").length).toBeGreaterThan(0)
        for (const result of results) {
          if (result.status === "rejected") {
            expect(result.reason).toMatchObject(inUse)
          }
        }
      })
    })
  },
})
