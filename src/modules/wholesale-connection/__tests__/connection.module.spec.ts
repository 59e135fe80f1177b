import { moduleTestRunner } from "../../../../integration-tests/helpers/module-test-runner"
import type { Actor } from "../../../lib/actor/actor"
import { connectionId } from "../domain/connection-id"
import type { ConnectionStatus } from "../domain/connection-machine"
import { WHOLESALE_CONNECTION } from "../index"
import type { WholesaleConnectionModuleService } from "../index"

jest.setTimeout(60_000)

const actor: Actor = { actor_type: "user", actor_id: "user_1" }

moduleTestRunner<WholesaleConnectionModuleService>({
  moduleName: WHOLESALE_CONNECTION,
  resolve: "./src/modules/wholesale-connection",
  moduleOptions: { serverKey: "the key of the connection tests" },
  testSuite: ({ service }) => {
    const pair = async (): Promise<string> => {
      const { code } = await service.generatePairingCode({ store_id: "distributor", actor })
      return (await service.claimPairingCode({ code, caller_store_id: "retailer" })).id
    }
    const ask = async (pairing_id: string) =>
      await service.requestConnection({
        store_id: "retailer",
        pairing_id,
        partner_store_id: "distributor",
        partner_profile: { name: "Big Warehouse" },
        actor,
      })
    /** What the retailer's document says, as it reaches the distributor. */
    const tell = async (
      pairing_id: string,
      {
        incarnation = 1,
        revision = 1,
        status = "active",
        from = "retailer",
      }: { incarnation?: number; revision?: number; status?: ConnectionStatus; from?: string } = {}
    ) =>
      await service.receiveConnection({
        store_id: "distributor",
        pairing_id,
        partner_store_id: from,
        document: {
          role: "retailer",
          status,
          reason: null,
          profile: { name: "Corner Shop", email: "shop@corner.test" },
          incarnation,
          revision,
        },
      })
    const answer = async (pairing_id: string, revision: number, status: ConnectionStatus, reason: string | null = null) =>
      await service.receiveConnection({
        store_id: "retailer",
        pairing_id,
        partner_store_id: "distributor",
        document: {
          role: "distributor",
          status,
          reason,
          profile: { name: "Big Warehouse Ltd" },
          incarnation: 1,
          revision,
        },
      })
    const historyOf = async (connection_id: string) =>
      (await service.listWholesaleConnectionEvents({ connection_id }, { order: { at: "ASC" } })).map(
        ({ event, from, to, actor_type, actor_id, reason }) => ({ event, from, to, actor_type, actor_id, reason })
      )

    describe("requesting a connection", () => {
      it("makes the retailer's side, active on its own part and requested in effect", async () => {
        const pairing = await pair()
        const connection = await ask(pairing)
        expect(connection).toMatchObject({
          id: connectionId("retailer", pairing),
          store_id: "retailer",
          role: "retailer",
          transport: "local",
          partner_name: "Big Warehouse",
          partner_profile: { name: "Big Warehouse" },
          status: "active",
          partner_status: "requested",
          effective_status: "requested",
          approved_at: null,
          revision: 1,
          announced_revision: 0,
          partner_incarnation: 0,
          partner_revision: 0,
        })
        expect(connection.requested_at).toBeInstanceOf(Date)
        expect(await historyOf(connection.id)).toEqual([
          { event: "request", from: null, to: "active", actor_type: "user", actor_id: "user_1", reason: null },
        ])
      })

      it("answers the side that is there when asked again, also at once", async () => {
        const pairing = await pair()
        const [first, second, third] = [...(await Promise.all([ask(pairing), ask(pairing)])), await ask(pairing)]
        expect(second.id).toBe(first.id)
        expect(third).toEqual(first)
        expect(await service.listWholesaleConnections({})).toHaveLength(1)
        expect(await historyOf(first.id)).toHaveLength(1)
      })

      it("is refused while another connection to the same distributor lives, also at once", async () => {
        const [one, two] = [await pair(), await pair()]
        const answers = await Promise.allSettled([ask(one), ask(two)])
        expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
        expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
          reason: { status: 409, code: "already_connected", details: { status: "requested", role: "retailer" } },
        })
      })

      it("is possible again after the old connection has ended", async () => {
        const first = await ask(await pair())
        await service.decide({ id: first.id, store_id: "retailer", event: "revoke", actor })
        await expect(ask(await pair())).resolves.toMatchObject({ effective_status: "requested" })
      })
    })

    describe("receiving the partner's document", () => {
      it("makes the distributor's side for the store that entered its code", async () => {
        const pairing = await pair()
        const { connection, applied } = await tell(pairing)
        expect(applied).toBe(true)
        expect(connection).toMatchObject({
          id: connectionId("distributor", pairing),
          role: "distributor",
          partner_name: "Corner Shop",
          status: "requested",
          partner_status: "active",
          effective_status: "requested",
          revision: 1,
          partner_incarnation: 1,
          partner_revision: 1,
        })
        expect(await historyOf(connection.id)).toEqual([
          { event: "request", from: null, to: "requested", actor_type: "partner", actor_id: "retailer", reason: null },
        ])
      })

      it("makes one side when the document comes twice at once", async () => {
        const pairing = await pair()
        const answers = await Promise.all([tell(pairing), tell(pairing), tell(pairing)])
        expect(answers.filter(({ applied }) => applied)).toHaveLength(1)
        expect(await service.listWholesaleConnections({})).toHaveLength(1)
        expect(await service.listWholesaleConnectionEvents({})).toHaveLength(1)
      })

      it("is refused from a store that entered no code, and for a pairing that never was", async () => {
        const pairing = await pair()
        await expect(tell(pairing, { from: "stranger" })).rejects.toMatchObject({ status: 404 })
        await expect(tell("whpair_unknown")).rejects.toMatchObject({ status: 404 })
        await tell(pairing)
        await expect(tell(pairing, { revision: 2, from: "stranger" })).rejects.toMatchObject({ status: 404 })
        expect(await service.listWholesaleConnections({})).toMatchObject([{ partner_revision: 1 }])
      })

      it("applies a newer revision once, and ignores older ones", async () => {
        const pairing = await pair()
        await tell(pairing)
        const { connection } = await tell(pairing, { revision: 3, status: "suspended" })
        expect(connection).toMatchObject({
          partner_status: "suspended",
          effective_status: "suspended",
          partner_revision: 3,
          revision: 1,
        })
        expect((await tell(pairing, { revision: 3, status: "suspended" })).applied).toBe(false)
        expect((await tell(pairing, { revision: 2 })).applied).toBe(false)
        expect(await historyOf(connection.id)).toMatchObject([
          { event: "request" },
          { event: "partner", from: "active", to: "suspended", actor_type: "partner" },
        ])
      })

      it("applies a lower revision of a partner restored from backup, and none from before that", async () => {
        const pairing = await pair()
        await tell(pairing, { revision: 9 })
        const restored = await tell(pairing, { incarnation: 2, revision: 1, status: "suspended" })
        expect(restored).toMatchObject({
          applied: true,
          connection: { partner_status: "suspended", partner_incarnation: 2, partner_revision: 1 },
        })
        expect((await tell(pairing, { revision: 10 })).applied).toBe(false)
        expect(await service.listWholesaleConnections({})).toMatchObject([{ partner_status: "suspended" }])
      })

      it("is refused when the partner brings back what it had ended", async () => {
        const pairing = await pair()
        await tell(pairing)
        await tell(pairing, { revision: 2, status: "revoked" })
        await expect(tell(pairing, { revision: 3, status: "active" })).rejects.toMatchObject({
          code: "partner_status_final",
        })
      })

      it("tells the retailer that it was approved, suspended and rejected, with the reason", async () => {
        const pairing = await pair()
        const { id } = await ask(pairing)
        expect((await answer(pairing, 1, "requested")).connection.effective_status).toBe("requested")
        const approved = (await answer(pairing, 2, "active")).connection
        expect(approved).toMatchObject({ effective_status: "active", partner_name: "Big Warehouse Ltd", revision: 1 })
        expect(approved.approved_at).toBeInstanceOf(Date)
        const suspended = (await answer(pairing, 3, "suspended", "bills open")).connection
        expect(suspended).toMatchObject({ effective_status: "suspended", reason: "bills open" })
        expect(suspended.approved_at).toEqual(approved.approved_at)
        expect(await historyOf(id)).toMatchObject([
          { event: "request", to: "active" },
          { event: "partner", from: "requested", to: "active" },
          { event: "partner", from: "active", to: "suspended", reason: "bills open" },
        ])
      })

      it("replaces the partner's profile, of the own store's connection only", async () => {
        const { id } = await ask(await pair())
        const profile = { name: "Bigger Warehouse", phone: "+44 20 7946 0000" }
        await service.receivePartnerProfile({ id, store_id: "retailer", profile })
        await service.receivePartnerProfile({ id, store_id: "retailer", profile })
        expect(await service.retrieveWholesaleConnection(id)).toMatchObject({
          partner_name: "Bigger Warehouse",
          partner_profile: profile,
          revision: 1,
        })
        await expect(
          service.receivePartnerProfile({ id, store_id: "distributor", profile })
        ).rejects.toMatchObject({ status: 404 })
      })
    })

    describe("deciding", () => {
      const decide = async (
        id: string,
        event: "approve" | "reject" | "suspend" | "resume" | "revoke",
        more: { store_id?: string; account_id?: string; reason?: string } = {}
      ) => await service.decide({ id, store_id: "distributor", event, actor, ...more })

      it("approves with an account, then suspends, resumes and revokes, each with history and a new revision", async () => {
        const { connection } = await tell(await pair())
        const approved = await decide(connection.id, "approve", { account_id: "whacc_1" })
        expect(approved).toMatchObject({
          status: "active",
          effective_status: "active",
          account_id: "whacc_1",
          revision: 2,
          announced_revision: 0,
        })
        expect(approved.approved_at).toBeInstanceOf(Date)
        await decide(connection.id, "suspend", { reason: "bills open" })
        await decide(connection.id, "resume")
        const revoked = await decide(connection.id, "revoke", { reason: "moved away" })
        expect(revoked).toMatchObject({ status: "revoked", reason: "moved away", account_id: "whacc_1", revision: 5 })
        expect(revoked.approved_at).toEqual(approved.approved_at)
        expect(await historyOf(connection.id)).toEqual([
          expect.objectContaining({ event: "request", to: "requested" }),
          { event: "approve", from: "requested", to: "active", actor_type: "user", actor_id: "user_1", reason: null },
          expect.objectContaining({ event: "suspend", from: "active", to: "suspended", reason: "bills open" }),
          expect.objectContaining({ event: "resume", from: "suspended", to: "active", reason: null }),
          expect.objectContaining({ event: "revoke", from: "active", to: "revoked", reason: "moved away" }),
        ])
      })

      it("is refused for what the status does not allow, with the allowed events, and changes nothing", async () => {
        const { connection } = await tell(await pair())
        await expect(decide(connection.id, "suspend")).rejects.toMatchObject({
          status: 409,
          code: "not_allowed",
          details: { status: "requested", event: "suspend", allowed_events: ["approve", "reject", "revoke"] },
        })
        expect(await service.retrieveWholesaleConnection(connection.id)).toMatchObject({ revision: 1 })
        expect(await service.listWholesaleConnectionEvents({})).toHaveLength(1)
      })

      it("needs an account to approve", async () => {
        const { connection } = await tell(await pair())
        await expect(decide(connection.id, "approve")).rejects.toMatchObject({
          status: 400,
          code: "connection_account_missing",
        })
      })

      it("is nothing another store can do", async () => {
        const { connection } = await tell(await pair())
        await expect(decide(connection.id, "reject", { store_id: "retailer" })).rejects.toMatchObject({
          status: 404,
        })
      })

      it("is over once the partner has withdrawn", async () => {
        const pairing = await pair()
        const { connection } = await tell(pairing)
        await tell(pairing, { revision: 2, status: "revoked" })
        await expect(decide(connection.id, "approve", { account_id: "whacc_1" })).rejects.toMatchObject({
          code: "not_allowed",
          details: { status: "revoked", allowed_events: [] },
        })
      })

      it("lets one of an approval and a rejection pass when both come at once", async () => {
        const { connection } = await tell(await pair())
        const answers = await Promise.allSettled([
          decide(connection.id, "approve", { account_id: "whacc_1" }),
          decide(connection.id, "reject", { reason: "unknown to us" }),
        ])
        expect(answers.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"])
        expect(answers.find(({ status }) => status === "rejected")).toMatchObject({
          reason: { code: "not_allowed" },
        })
        const row = await service.retrieveWholesaleConnection(connection.id)
        expect(row.status).toBe(answers[0].status === "fulfilled" ? "active" : "rejected")
        expect(row.revision).toBe(2)
      })
    })

    describe("trading over a connection", () => {
      it("needs both sides active, and the own store's id", async () => {
        const pairing = await pair()
        const { connection } = await tell(pairing)
        await expect(service.activeConnection("distributor", connection.id)).rejects.toMatchObject({
          status: 409,
          code: "connection_not_active",
          details: { status: "requested", own_status: "requested", partner_status: "active" },
        })
        await service.decide({
          id: connection.id,
          store_id: "distributor",
          event: "approve",
          actor,
          account_id: "whacc_1",
        })
        await expect(service.activeConnection("distributor", connection.id)).resolves.toMatchObject({
          account_id: "whacc_1",
        })
        await expect(service.activeConnection("retailer", connection.id)).rejects.toMatchObject({ status: 404 })
        await tell(pairing, { revision: 2, status: "suspended" })
        await expect(service.activeConnection("distributor", connection.id)).rejects.toMatchObject({
          code: "connection_not_active",
          details: { status: "suspended", own_status: "active", partner_status: "suspended" },
        })
      })
    })

    describe("announcing", () => {
      it("is due until the newest revision is out, and never goes back", async () => {
        const { connection } = await tell(await pair())
        const due = async () => (await service.connectionsToAnnounce({ limit: 10 })).map(({ id, revision }) => ({ id, revision }))
        expect(await due()).toEqual([{ id: connection.id, revision: 1 }])
        await service.decide({ id: connection.id, store_id: "distributor", event: "reject", actor })
        await service.markAnnounced({ id: connection.id, revision: 1 })
        expect(await due()).toEqual([{ id: connection.id, revision: 2 }])
        await service.markAnnounced({ id: connection.id, revision: 2 })
        await service.markAnnounced({ id: connection.id, revision: 1 })
        await service.markAnnounced({ id: connection.id, revision: 9 })
        expect(await due()).toEqual([])
        expect(await service.retrieveWholesaleConnection(connection.id)).toMatchObject({ announced_revision: 2 })
      })

      it("is due again for the store's living connections when its profile changes", async () => {
        const ended = await ask(await pair())
        await service.decide({ id: ended.id, store_id: "retailer", event: "revoke", actor })
        const alive = await ask(await pair())
        expect(await service.raiseRevisions({ store_id: "retailer", profile_revision: 1 })).toEqual([alive.id])
        expect(await service.retrieveWholesaleConnection(alive.id)).toMatchObject({ revision: 2, profile_revision: 1 })
        expect(await service.retrieveWholesaleConnection(ended.id)).toMatchObject({ revision: 2, profile_revision: 0 })
      })

      it("takes a profile's revision once, by whomever and in whatever order it is given", async () => {
        const { id } = await ask(await pair())
        const raise = async (profile_revision: number) =>
          await service.raiseRevisions({ store_id: "retailer", profile_revision })
        const answers = await Promise.all(Array.from({ length: 5 }, () => raise(2)))
        expect(answers.flat()).toEqual([id])
        expect(await raise(1)).toEqual([])
        expect(await service.retrieveWholesaleConnection(id)).toMatchObject({ revision: 2, profile_revision: 2 })
        expect(await raise(3)).toEqual([id])
        expect(await service.retrieveWholesaleConnection(id)).toMatchObject({ revision: 3, profile_revision: 3 })
      })

      it("is raised by itself for a profile it has yet to carry, also after its end", async () => {
        const { id } = await ask(await pair())
        await service.decide({ id, store_id: "retailer", event: "revoke", actor })
        const raise = async (store_id: string) =>
          await service.raiseRevisions({ store_id, profile_revision: 1, connection_id: id })
        expect(await raise("distributor")).toEqual([])
        expect(await raise("retailer")).toEqual([id])
        expect(await raise("retailer")).toEqual([])
        expect(await service.retrieveWholesaleConnection(id)).toMatchObject({ revision: 3, profile_revision: 1 })
      })
    })
  },
})
