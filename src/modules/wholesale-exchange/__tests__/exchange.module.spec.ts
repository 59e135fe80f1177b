import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import { contentHash } from "../../../lib/hash/content-hash"
import type { InboxVerdict } from "../domain/inbox"
import { WHOLESALE_EXCHANGE } from "../index"
import type { WholesaleExchangeModuleService } from "../index"

jest.setTimeout(60_000)

moduleTestRunner<WholesaleExchangeModuleService>({
  moduleName: WHOLESALE_EXCHANGE,
  resolve: "./src/modules/wholesale-exchange",
  testSuite: ({ service }) => {
    const receive = async (
      revision: number,
      {
        id = "whord_1",
        incarnation = 1,
        status = "approved",
        connection_id = "whcon_1",
        verdict = { state: "known" },
      }: {
        id?: string
        incarnation?: number
        status?: string
        connection_id?: string
        verdict?: InboxVerdict
      } = {}
    ) =>
      await service.receive({
        store_id: "retailer",
        connection_id,
        sender_id: "distributor",
        envelope: {
          type: "order",
          id,
          revision,
          incarnation,
          issued_at: "2026-11-21T10:00:00.000Z",
          body: { version: 1, status, revision },
        },
        verdict,
      })
    const rowOf = async (id: string) => await service.retrieveWholesaleInboxDocument(id)
    /** As if the lease or the wait were over. */
    const passTime = async (id: string) =>
      await service.updateWholesaleInboxDocuments({ id, next_attempt_at: new Date(Date.now() - 1_000) })
    const take = async (limit = 100) => await service.pendingInbox({ limit })

    describe("receiving", () => {
      it("keeps a document as it came, due at once", async () => {
        const { id, state } = await receive(1)
        expect(state).toBe("new")
        const row = await rowOf(id)
        expect(row).toMatchObject({
          store_id: "retailer",
          connection_id: "whcon_1",
          sender_id: "distributor",
          document_type: "order",
          document_id: "whord_1",
          revision: 1,
          incarnation: 1,
          content_hash: contentHash({ revision: 1, status: "approved", version: 1 }),
          body: { version: 1, status: "approved", revision: 1 },
          status: "received",
          attempts: 0,
          applied_at: null,
        })
        expect(row.issued_at).toEqual(new Date("2026-11-21T10:00:00.000Z"))
        expect(row.next_attempt_at?.getTime()).toBeLessThanOrEqual(Date.now())
      })

      it("answers the same row when the document comes again, once or ten times at once", async () => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => receive(1)))
        expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
        expect(answers.filter(({ state }) => state === "new")).toHaveLength(1)
        expect(answers.filter(({ state }) => state === "known")).toHaveLength(9)
        expect(await receive(1)).toEqual({ id: answers[0].id, state: "known" })
        await service.markApplied({ id: answers[0].id })
        expect(await receive(1)).toEqual({ id: answers[0].id, state: "known" })
        expect(await rowOf(answers[0].id)).toMatchObject({ status: "applied" })
      })

      it("keeps an older revision and never hands it out", async () => {
        const newer = await receive(5)
        const older = await receive(4)
        expect(older.state).toBe("older")
        expect(await rowOf(older.id)).toMatchObject({ status: "ignored", next_attempt_at: null })
        expect(await receive(4)).toEqual({ id: older.id, state: "known" })
        expect((await take()).map(({ id }) => id)).toEqual([newer.id])
      })

      it("lets a newer revision supersede the ones that still wait, and no others", async () => {
        const [one, elsewhere, other] = [
          await receive(1),
          await receive(1, { connection_id: "whcon_2" }),
          await receive(1, { id: "whord_2" }),
        ]
        const two = await receive(2)
        expect(await rowOf(one.id)).toMatchObject({ status: "ignored", next_attempt_at: null })
        expect((await take()).map(({ id }) => id)).toEqual([elsewhere.id, other.id, two.id])
      })

      it("ends with the newest revision due, in whatever order they come at once", async () => {
        const answers = await Promise.all([3, 1, 5, 2, 4].map((revision) => receive(revision)))
        const due = await take()
        expect(due.map(({ revision }) => revision)).toEqual([5])
        expect(answers.filter(({ state }) => state === "new" || state === "older")).toHaveLength(5)
        expect(await service.listWholesaleInboxDocuments({ status: "ignored" })).toHaveLength(4)
      })

      it("counts a later incarnation before any revision of an earlier one", async () => {
        await receive(9, { incarnation: 1 })
        expect((await receive(2, { incarnation: 2 })).state).toBe("new")
        expect((await receive(10, { incarnation: 1 })).state).toBe("older")
        expect((await take()).map(({ incarnation, revision }) => [incarnation, revision])).toEqual([[2, 2]])
      })

      it("calls the same revision with another content a desync, keeps both and applies neither", async () => {
        const first = await receive(3)
        const second = await receive(3, { status: "shipped" })
        expect(second).toEqual({ id: first.id, state: "desync" })
        expect(await rowOf(first.id)).toMatchObject({
          status: "desync",
          body: { status: "approved" },
          conflict: {
            content_hash: contentHash({ version: 1, status: "shipped", revision: 3 }),
            body: { status: "shipped" },
          },
        })
        expect((await rowOf(first.id)).error).toContain("Revision 3 of order whord_1 came with two contents")
        expect(await take()).toEqual([])
        expect((await receive(3)).state).toBe("desync")
        expect((await receive(3, { status: "cancelled" })).state).toBe("desync")
        expect(await rowOf(first.id)).toMatchObject({ conflict: { body: { status: "shipped" } } })
      })

      it("goes on with the next revision after a desync, which stays to be seen", async () => {
        const first = await receive(3)
        await service.markApplied({ id: first.id })
        await receive(3, { status: "shipped" })
        expect((await receive(4)).state).toBe("new")
        const row = await rowOf(first.id)
        expect(row.status).toBe("desync")
        expect(row.applied_at).toBeInstanceOf(Date)
      })

      it("keeps what it cannot read, with the reason, and lets older ones be applied meanwhile", async () => {
        const one = await receive(1)
        const two = await receive(2, { verdict: { state: "unsupported", reason: "version 7 is newer" } })
        const bad = await receive(1, { id: "whord_2", verdict: { state: "malformed", reason: "body.status" } })
        expect([two.state, bad.state]).toEqual(["unsupported", "malformed"])
        expect(await rowOf(two.id)).toMatchObject({ status: "unsupported", error: "version 7 is newer" })
        expect(await rowOf(bad.id)).toMatchObject({ status: "failed", error: "body.status", next_attempt_at: null })
        expect((await take()).map(({ id }) => id)).toEqual([one.id])
        expect((await receive(2)).state).toBe("known")
      })
    })

    describe("emptying the inbox", () => {
      it("hands out in the order of arrival, up to the limit, and nothing twice", async () => {
        const ids: string[] = []
        for (let document = 0; document < 5; document++) {
          ids.push((await receive(1, { id: `whord_${document}` })).id)
        }
        const first = await take(3)
        expect(first.map(({ id }) => id)).toEqual(ids.slice(0, 3))
        expect(first[0]).toMatchObject({
          attempts: 1,
          status: "received",
          sender_id: "distributor",
          body: { status: "approved" },
        })
        expect(first[0].next_attempt_at?.getTime()).toBeGreaterThan(Date.now() + 50_000)
        expect(first[0].created_at).toBeInstanceOf(Date)
        expect(Object.keys(first[0])).not.toContain("due_at")
        expect((await take()).map(({ id }) => id)).toEqual(ids.slice(3))
        expect(await take()).toEqual([])
      })

      it("shares the work among workers that ask at once, each document at one of them", async () => {
        for (let document = 0; document < 60; document++) {
          await receive(1, { id: `whord_${document}` })
        }
        const taken = (await Promise.all(Array.from({ length: 8 }, () => take(10)))).flat()
        const rest = await take()
        expect(new Set([...taken, ...rest].map(({ id }) => id)).size).toBe(60)
        expect(taken.length + rest.length).toBe(60)
      })

      it("hands out only the documents named", async () => {
        const [one, two] = [await receive(1), await receive(1, { id: "whord_2" })]
        expect((await service.pendingInbox({ limit: 10, ids: [two.id, "whinb_unknown"] })).map(({ id }) => id)).toEqual([
          two.id,
        ])
        expect(await service.pendingInbox({ limit: 10, ids: [] })).toEqual([])
        expect((await take()).map(({ id }) => id)).toEqual([one.id])
      })

      it("hands a document out again when its worker died", async () => {
        const { id } = await receive(1)
        await take()
        await passTime(id)
        expect(await take()).toMatchObject([{ id, attempts: 2 }])
      })

      it("waits longer after each failure and keeps the error", async () => {
        const { id } = await receive(1)
        const waits: number[] = []
        for (let attempt = 0; attempt < 3; attempt++) {
          await take()
          await service.markFailed({ id, error: "no such purchase order" })
          const row = await rowOf(id)
          expect(row).toMatchObject({ status: "failed", error: "no such purchase order", attempts: attempt + 1 })
          waits.push(Math.round(((row.next_attempt_at?.getTime() ?? 0) - Date.now()) / 1_000))
          expect(await take()).toEqual([])
          await passTime(id)
        }
        // 5 s, 10 s, 20 s
        expect(waits).toEqual([5, 10, 20])
      })

      it("applies once, whatever a slower worker marks later", async () => {
        const { id } = await receive(1)
        await take()
        await service.markApplied({ id })
        const applied = await rowOf(id)
        expect(applied).toMatchObject({ status: "applied", error: null, next_attempt_at: null })
        await service.markFailed({ id, error: "too late" })
        await service.ignoreWaiting({ store_id: "retailer", connection_id: "whcon_1", reason: "too late" })
        await service.markApplied({ id })
        expect(await rowOf(id)).toEqual(applied)
        expect(await take()).toEqual([])
      })

      it("records the truth about a document that was superseded or contradicted while a worker had it", async () => {
        const superseded = await receive(1)
        const contradicted = await receive(1, { id: "whord_2" })
        await take()
        await receive(2)
        await receive(1, { id: "whord_2", status: "shipped" })
        await service.markApplied({ id: superseded.id })
        await service.markApplied({ id: contradicted.id })
        expect(await rowOf(superseded.id)).toMatchObject({ status: "applied", error: null })
        expect(await rowOf(contradicted.id)).toMatchObject({ status: "desync", applied_at: expect.any(Date) })
      })

      it("does not try again what is unreadable, finally failed, or waits of a connection that has ended", async () => {
        const [one, two, three, failed, another] = [
          await receive(1, { id: "whord_1", connection_id: "whcon_ended" }),
          await receive(1, { id: "whord_2" }),
          await receive(1, { id: "whord_3" }),
          await receive(1, { id: "whord_4", connection_id: "whcon_ended" }),
          await receive(1, { id: "whord_5" }),
        ]
        await take()
        await service.markFailed({ id: failed.id, error: "not now" })
        await service.markApplied({ id: another.id })
        const ended = { store_id: "retailer", connection_id: "whcon_ended", reason: "the connection was revoked" }
        await service.ignoreWaiting({ ...ended, store_id: "another store" })
        expect(await rowOf(one.id)).toMatchObject({ status: "received" })
        await service.ignoreWaiting(ended)
        expect(await rowOf(failed.id)).toMatchObject({ status: "ignored", next_attempt_at: null })
        await service.markUnsupported({ id: two.id, reason: "version 7 is newer" })
        await service.markFailed({ id: three.id, error: "body.lines", final: true })
        expect(await rowOf(one.id)).toMatchObject({ status: "ignored", error: "the connection was revoked" })
        expect(await rowOf(two.id)).toMatchObject({ status: "unsupported", error: "version 7 is newer" })
        expect(await rowOf(three.id)).toMatchObject({ status: "failed", next_attempt_at: null })
        expect(await take()).toEqual([])
      })
    })

    describe("what people do about it", () => {
      it("tries a failed or unsupported document again, of the own store only", async () => {
        const { id } = await receive(1, { verdict: { state: "malformed", reason: "body.status" } })
        await expect(service.retry({ id, store_id: "distributor" })).rejects.toMatchObject({ status: 404 })
        await service.retry({ id, store_id: "retailer" })
        expect(await take()).toMatchObject([{ id, attempts: 1 }])
        await expect(service.retry({ id, store_id: "retailer" })).rejects.toMatchObject({
          status: 409,
          code: "not_allowed",
          details: { status: "received", event: "retry", allowed_events: [] },
        })
      })

      it("lets a desync rest, as applied where it had been", async () => {
        const [applied, waiting] = [await receive(1), await receive(1, { id: "whord_2" })]
        await service.markApplied({ id: applied.id })
        await receive(1, { status: "shipped" })
        await receive(1, { id: "whord_2", status: "shipped" })
        await expect(service.retry({ id: applied.id, store_id: "retailer" })).rejects.toMatchObject({
          details: { status: "desync", allowed_events: ["dismiss"] },
        })
        await service.dismiss({ id: applied.id, store_id: "retailer" })
        await service.dismiss({ id: waiting.id, store_id: "retailer" })
        expect(await rowOf(applied.id)).toMatchObject({ status: "applied", conflict: { body: { status: "shipped" } } })
        expect(await rowOf(waiting.id)).toMatchObject({ status: "ignored" })
        await expect(service.dismiss({ id: applied.id, store_id: "retailer" })).rejects.toMatchObject({
          code: "not_allowed",
        })
      })

      it("takes up all unsupported documents after an upgrade", async () => {
        const verdict: InboxVerdict = { state: "unsupported", reason: "unknown type" }
        await receive(1, { id: "whord_1", verdict })
        await receive(1, { id: "whord_2", verdict })
        expect(await service.retryUnsupported()).toBe(2)
        expect(await take()).toHaveLength(2)
        expect(await service.retryUnsupported()).toBe(0)
      })
    })

    describe("announcements", () => {
      const announce = async (status: "delivered" | "failed", more: { content_hash?: string; error?: string; incarnation?: number } = {}) =>
        await service.recordAnnouncement({
          store_id: "distributor",
          connection_id: "whcon_1",
          document_type: "order",
          document_id: "whord_1",
          revision: 4,
          incarnation: 1,
          content_hash: "a",
          status,
          ...more,
        })

      it("count the attempts of a revision until it is delivered, and stay delivered", async () => {
        const first = await announce("failed", { error: "the partner's inbox did not answer" })
        expect(first).toMatchObject({ status: "failed", attempts: 1 })
        expect(await announce("delivered", { content_hash: "b" })).toEqual({
          id: first.id,
          status: "delivered",
          attempts: 2,
        })
        expect(await announce("failed", { content_hash: "c", error: "again" })).toMatchObject({ status: "delivered" })
        expect(await service.retrieveWholesaleAnnouncement(first.id)).toMatchObject({
          status: "delivered",
          content_hash: "b",
          last_error: null,
          attempts: 3,
        })
      })

      it("are one row a revision and incarnation, also when recorded at once", async () => {
        const answers = await Promise.all(Array.from({ length: 10 }, () => announce("delivered")))
        expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
        expect(answers.map(({ attempts }) => attempts).sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
        await announce("delivered", { incarnation: 2 })
        expect(await service.listWholesaleAnnouncements({})).toHaveLength(2)
      })
    })
  },
})
