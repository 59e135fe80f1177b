import type { IApiKeyModuleService, IUserModuleService } from "@medusajs/framework/types"
import { Modules } from "@medusajs/framework/utils"
import { integrationTestRunner } from "../helpers/integration-test-runner"

import { createStockedProducts } from "../../scripts/fixture/products"
import { StoreClient } from "../../scripts/fixture/store-client"
import {
  createTradingStores,
  FIXTURE_PASSWORD,
  type TradingStores,
} from "../../scripts/fixture/trading-stores"
import { ensureAdminUser, registerLogin } from "../../scripts/fixture/users"
import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { WHOLESALE_STORE } from "../../src/modules/wholesale-store"
import { FLAG_NAMES } from "../../src/modules/wholesale-store/domain/feature-flags"
import type WholesaleStoreModuleService from "../../src/modules/wholesale-store/service"
import { type ApiRoute, fillPath, routesUnder } from "../helpers/api-routes"
import { databaseDigest } from "../helpers/database-digest"
import { pairAndTrade, type TradedRows } from "../helpers/traded-rows"
import { validBodies } from "../helpers/valid-bodies"

jest.setTimeout(300_000)

// Read by medusa-config, which the runner loads before it sets an environment of its own.
process.env.WHOLESALE_PLATFORM_ADMINS = "founder@example.com"

const ROUTES = routesUnder("admin")
const label = ({ method, path }: ApiRoute) => `${method} ${path}`

/** Routes above the stores answer also whom acts for none; they say by themselves what is allowed. */
const ABOVE_STORES = new Set([
  "GET /admin/wholesale/context",
  "GET /admin/wholesale/stores",
  "POST /admin/wholesale/stores",
  "GET /admin/wholesale/stores/:id",
  "POST /admin/wholesale/stores/:id",
  "GET /admin/wholesale/stores/:id/default-changes",
  "GET /admin/wholesale/stores/:id/members",
  "POST /admin/wholesale/stores/:id/members",
  "DELETE /admin/wholesale/stores/:id/members/:member_id",
  "POST /admin/wholesale/feature-flags/:flag",
])
const OF_A_STORE = ROUTES.filter((route) => !ABOVE_STORES.has(label(route)))
const WITH_A_ROW = ROUTES.filter(({ path }) => path.includes(":id") || path.includes("_id"))

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let rows: TradedRows
    let outsider: StoreClient
    let distributor: StoreClient
    let baseUrl: string

    beforeAll(async () => {
      baseUrl = String(api.defaults.baseURL)
      const container = getContainer()
      stores = await createTradingStores(container)
      const [variant] = await createStockedProducts(container, stores.distributor.location_id, [
        { title: "Lantern", sku: "LANTERN", stock: 500 },
      ])
      distributor = await login(stores.distributor.user.email, stores.distributor.id)
      const retailer = await login(stores.retailer.user.email, stores.retailer.id)
      rows = await pairAndTrade({ distributor, retailer, variant, stores })

      const service = container.resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      const other = await service.createStore({
        name: "Outsider Ltd.",
        mode: "both",
        currency_code: "usd",
        address: { address_1: "9 Side Street", country_code: "us" },
      })
      const user = await ensureAdminUser(container, {
        email: "outsider@example.com",
        password: FIXTURE_PASSWORD,
      })
      await service.addMember({ store_id: other.id, actor_type: "user", actor_id: user.id })
      for (const flag of ["wholesale_portal", "retailer_connections", "link_member_wholesale_accounts"]) {
        await service.setFlag({ flag, store_id: other.id, enabled: true, actor: SYSTEM_ACTOR })
      }
      outsider = await login(user.email, other.id)
    })

    const login = (email: string, storeId?: string) =>
      StoreClient.login(baseUrl, { email, password: FIXTURE_PASSWORD }, storeId)

    /** Runs a request on every route and proves that all the plugin keeps is as it was. */
    async function onEach(
      routes: readonly ApiRoute[],
      request: (route: ApiRoute) => Promise<{ status: number; code: unknown }>
    ): Promise<Record<string, string>> {
      const before = await databaseDigest(getContainer())
      const answers: Record<string, string> = {}
      for (const route of routes) {
        const { status, code } = await request(route)
        answers[label(route)] = `${status} ${String(code ?? "")}`.trim()
      }
      expect(await databaseDigest(getContainer())).toEqual(before)
      return answers
    }

    const all = (routes: readonly ApiRoute[], answer: string) =>
      Object.fromEntries(routes.map((route) => [label(route), answer]))

    const as = async (client: StoreClient, route: ApiRoute, body?: unknown) => {
      const answer = await client.request(route.method, fillPath(route.path, rows.parameters(route.path)), body)
      return { status: answer.status, code: answer.body.code }
    }

    it("walks every route of the plugin", () => {
      expect(ROUTES.length).toBeGreaterThan(50)
    })

    it("answers 401 without a login, on every route", async () => {
      const answers = await onEach(ROUTES, async ({ method, path }) => {
        const response = await fetch(`${baseUrl}${fillPath(path, rows.parameters(path))}`, { method })
        return { status: response.status, code: undefined }
      })
      expect(answers).toEqual(all(ROUTES, "401"))
    })

    it("answers 404 for a store one does not act for, on every route of a store", async () => {
      const answers = await onEach(OF_A_STORE, async (route) => {
        const answer = await outsider.request(
          route.method,
          fillPath(route.path, rows.parameters(route.path)),
          validBodies(rows)[label(route)],
          { storeId: stores.distributor.id }
        )
        return { status: answer.status, code: answer.body.code }
      })
      expect(answers).toEqual(all(OF_A_STORE, "404 store_not_found"))
    })

    it("answers 403 and names the flag while none that opens it is on", async () => {
      const gated = OF_A_STORE.filter(({ flags }) => flags.length > 0)
      expect(gated.length).toBeGreaterThan(40)
      await setFlags(false)
      const answers = await onEach(gated, (route) => as(distributor, route, validBodies(rows)[label(route)]))
      expect(answers).toEqual(all(gated, "403 feature_disabled"))
    })

    it("answers 400 with the path of a field it does not know, on every mutation", async () => {
      const mutations = ROUTES.filter(({ mutates, method }) => mutates && method === "POST")
      const answers = await onEach(mutations, async (route) => {
        const answer = await distributor.request(
          route.method,
          fillPath(route.path, rows.parameters(route.path)),
          { no_such_field: true }
        )
        const { issues } = answer.body.details as { issues: { path: string }[] }
        return {
          status: answer.status,
          code: issues.some(({ path }) => path === "no_such_field") ? answer.body.code : "path missing",
        }
      })
      expect(answers).toEqual(all(mutations, "400 invalid_request"))
    })

    it("answers 400 for an id that no database can hold, on every route that names a row", async () => {
      const bodies = validBodies(rows)
      const answers = await onEach(WITH_A_ROW, async (route) => {
        const { status, body } = await distributor.request(
          route.method,
          route.path.replace(/:\w+/g, "%00"),
          bodies[label(route)]
        )
        return { status, code: body.code }
      })
      expect(answers).toEqual(all(WITH_A_ROW, "400 invalid_request"))
    })

    it("answers 404 for another store's row as for a missing one, on every route that names a row", async () => {
      const bodies = validBodies(rows)
      const answers = await onEach(WITH_A_ROW, (route) => as(outsider, route, bodies[label(route)]))
      expect(answers).toEqual(all(WITH_A_ROW, "404 not_found"))
      const missing = await onEach(WITH_A_ROW, async (route) => {
        const answer = await outsider.request(
          route.method,
          fillPath(route.path, {}),
          bodies[label(route)]
        )
        return { status: answer.status, code: answer.body.code }
      })
      expect(missing).toEqual(all(WITH_A_ROW, "404 not_found"))
    })

    it("answers 409 with what is allowed instead, for every verb in a wrong state", async () => {
      // The order is delivered, its invoice paid in part, the purchase order in receiving, the pairing
      // code used and the connection active.
      const onOrders = [
        "approve", "reject", "start-packing", "finish-packing", "ship", "dispatch",
        "make-ready-for-pickup", "deliver", "pick-up",
      ].map((verb) => `POST /admin/wholesale/orders/:id/${verb}`)
      const onOthers = [
        "POST /admin/wholesale/pairing-codes/:id/cancel",
        "POST /admin/wholesale/connections/:id/approve",
        "POST /admin/wholesale/connections/:id/reject",
        "POST /admin/wholesale/connections/:id/resume",
        "POST /admin/wholesale/invoices/:id/void",
      ]
      const onPurchaseOrders = [
        "POST /admin/wholesale/purchase-orders/:id",
        "DELETE /admin/wholesale/purchase-orders/:id",
        "POST /admin/wholesale/purchase-orders/:id/close",
      ]
      const retailer = await login(stores.retailer.user.email, stores.retailer.id)
      const refused = ROUTES.filter((route) =>
        [...onOrders, ...onOthers, ...onPurchaseOrders].includes(label(route))
      )
      expect(refused).toHaveLength(onOrders.length + onOthers.length + onPurchaseOrders.length)
      const bodies = validBodies(rows)
      const answers = await onEach(refused, async (route) => {
        const client = onPurchaseOrders.includes(label(route)) ? retailer : distributor
        const answer = await client.request(
          route.method,
          fillPath(route.path, rows.parameters(route.path)),
          bodies[label(route)]
        )
        const { allowed_events } = (answer.body.details ?? {}) as { allowed_events?: unknown }
        return { status: answer.status, code: Array.isArray(allowed_events) ? answer.body.code : answer.body }
      })
      expect(answers).toEqual(all(refused, "409 not_allowed"))
    })

    it("answers 409 with what is allowed instead, for what a draft and a request nobody made do not allow", async () => {
      const retailer = await login(stores.retailer.user.email, stores.retailer.id)
      const bodies = validBodies(rows)
      const { purchase_order: draft } = await retailer.post<{
        purchase_order: { id: string; lines: { id: string }[] }
      }>("/admin/wholesale/purchase-orders", bodies["POST /admin/wholesale/purchase-orders"])
      const onDraft = `/admin/wholesale/purchase-orders/${draft.id}`
      const order = `/admin/wholesale/orders/${rows.parameters("/admin/wholesale/orders").id}`
      const before = await databaseDigest(getContainer())

      for (const [client, path, body, code, allowed_events] of [
        [retailer, `${onDraft}/request-cancel`, { reason: "Because" }, "not_allowed", ["edit", "delete", "place"]],
        [retailer, `${onDraft}/close`, {}, "not_allowed", ["edit", "delete", "place"]],
        [
          retailer,
          `${onDraft}/receipts`,
          { lines: [{ line_id: draft.lines[0].id, received: 1 }] },
          "not_allowed",
          ["edit", "delete", "place"],
        ],
        [distributor, `${order}/refuse-cancel-request`, { reason: "Because" }, "no_cancel_request", ["cancel"]],
      ] as const) {
        expect({ path, ...(await client.request("POST", path, body)) }).toMatchObject({
          path,
          status: 409,
          body: { code, details: { allowed_events } },
        })
      }
      expect(await databaseDigest(getContainer())).toEqual(before)
    })

    it("keeps nothing of an account or an approval whose credit limit is no amount of its currency", async () => {
      const { pairing_code } = await distributor.post<{ pairing_code: { code: string } }>(
        "/admin/wholesale/pairing-codes"
      )
      await outsider.post("/admin/wholesale/connections", { code: pairing_code.code })
      const { connections } = await distributor.get<{ connections: { id: string }[] }>(
        "/admin/wholesale/connections?status=requested"
      )
      const approve = `/admin/wholesale/connections/${connections[0].id}/approve`
      const account_id = rows.parameters("/admin/wholesale/accounts").id
      const before = await databaseDigest(getContainer())

      for (const [path, body] of [
        ["/admin/wholesale/accounts", { company_name: "Ash Stores" }],
        [approve, {}],
        [approve, { account_id, terms: { type: "net", days: 7 } }],
      ] as const) {
        const answer = await distributor.request("POST", path, { ...body, credit_limit: "1.005" })
        expect({ path, ...answer }).toMatchObject({
          path,
          status: 400,
          body: { code: "invalid_amount", details: { amount: "1.005", currency_code: "usd" } },
        })
      }
      expect(await databaseDigest(getContainer())).toEqual(before)
    })

    it("lets a store begin only what its mode is for, and take nobody else's locations or members", async () => {
      const retailer = await login(stores.retailer.user.email, stores.retailer.id)
      const bodies = validBodies(rows)
      const before = await databaseDigest(getContainer())
      const refusals: [StoreClient, string, unknown, number, string][] = [
        [retailer, "POST /admin/wholesale/pairing-codes", {}, 409, "store_mode"],
        [retailer, "POST /admin/wholesale/catalog/items", undefined, 409, "store_mode"],
        [retailer, "POST /admin/wholesale/catalog/publish", {}, 409, "store_mode"],
        [retailer, "POST /admin/wholesale/orders", undefined, 409, "store_mode"],
        [distributor, "POST /admin/wholesale/connections", undefined, 409, "store_mode"],
        [distributor, "POST /admin/wholesale/purchase-orders", undefined, 409, "store_mode"],
      ]
      for (const [client, route, body = bodies[route], status, code] of refusals) {
        const answer = await client.request("POST", route.slice("POST ".length), body)
        expect({ route, ...answer }).toMatchObject({ route, status, body: { code } })
      }
      const ownStore = `/admin/wholesale/stores/${stores.retailer.id}`
      const change = (stock_location_ids: string[]) =>
        retailer.request("POST", ownStore, { stock_location_ids })
      expect(await change([stores.distributor.location_id])).toMatchObject({
        status: 409,
        body: { code: "stock_location_taken" },
      })
      expect(await change(["sloc_that_is_not_there"])).toMatchObject({ status: 404 })
      expect(
        await retailer.request("POST", `${ownStore}/members`, { actor_type: "user", actor_id: "user_nobody" })
      ).toMatchObject({ status: 404 })
      expect(await databaseDigest(getContainer())).toEqual(before)
    })

    it("lists nothing of another store", async () => {
      const lists = OF_A_STORE.filter(
        ({ method, path }) => method === "GET" && !path.includes(":") && !/(feature-flags|summary|relay$|receivable-settings|reconcile$)/.test(path)
      )
      for (const { path } of lists) {
        const answer = await outsider.request("GET", path)
        expect({ path, ...answer }).toMatchObject({ path, status: 200, body: { count: 0 } })
      }
      expect(await outsider.request("GET", "/admin/wholesale/reconcile")).toEqual({ status: 200, body: { books_check: null } })
    })

    it("gives a secret API key without membership nothing, and with it its own store alone", async () => {
      const container = getContainer()
      const { id, token } = await container
        .resolve<IApiKeyModuleService>(Modules.API_KEY)
        .createApiKeys({ title: "Integration", type: "secret", created_by: "test" })
      const request = async (path: string, storeId?: string) => {
        const response = await fetch(`${baseUrl}${path}`, {
          headers: {
            authorization: `Basic ${Buffer.from(`${token}:`).toString("base64")}`,
            ...(storeId && { "x-wholesale-store-id": storeId }),
          },
        })
        return { status: response.status, body: (await response.json()) as Record<string, unknown> }
      }
      const answers = await onEach(
        OF_A_STORE.filter(({ method }) => method === "GET"),
        async ({ path }) => {
          const { status, body } = await request(fillPath(path, rows.parameters(path)))
          return { status, code: body.code }
        }
      )
      expect(new Set(Object.values(answers))).toEqual(new Set(["404 store_not_found"]))
      expect(await request("/admin/wholesale/stores")).toMatchObject({ body: { stores: [] } })

      await container
        .resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
        .addMember({ store_id: stores.retailer.id, actor_type: "api-key", actor_id: id })
      expect(await request("/admin/wholesale/context")).toMatchObject({
        body: { context: { store: { id: stores.retailer.id }, is_platform_admin: false } },
      })
      expect(await request("/admin/wholesale/orders", stores.distributor.id)).toMatchObject({ status: 404 })
    })

    it("knows a platform admin by its user id: who takes the e-mail later gains nothing", async () => {
      const container = getContainer()
      const users = container.resolve<IUserModuleService>(Modules.USER)
      const credentials = { email: "founder@example.com", password: FIXTURE_PASSWORD }
      const isPlatformAdmin = async (client: StoreClient) => {
        const answer = await client.get<{ context: { is_platform_admin: boolean } }>(
          "/admin/wholesale/context"
        )
        return answer.context.is_platform_admin
      }
      const founder = await ensureAdminUser(container, credentials)
      expect(await isPlatformAdmin(await login(credentials.email))).toBe(true)

      await users.deleteUsers([founder.id])
      const thief = await users.createUsers({ email: credentials.email })
      const taken = await loginAs(thief.id)
      expect(await isPlatformAdmin(taken)).toBe(false)
      const answer = await taken.request("POST", "/admin/wholesale/feature-flags/distributor_ordering", {
        enabled: false,
      })
      expect(answer).toMatchObject({ status: 403, body: { code: "platform_admin_required" } })
    })

    /** A user under an e-mail whose login belongs to somebody else gets one of its own. */
    async function loginAs(userId: string): Promise<StoreClient> {
      const credentials = { email: `login-of-${userId}@example.com`, password: FIXTURE_PASSWORD }
      await registerLogin(getContainer(), credentials, { user_id: userId })
      return StoreClient.login(baseUrl, credentials)
    }

    async function setFlags(enabled: boolean): Promise<void> {
      const service = getContainer().resolve<WholesaleStoreModuleService>(WHOLESALE_STORE)
      for (const flag of FLAG_NAMES) {
        await service.setFlag({ flag, store_id: stores.distributor.id, enabled, actor: SYSTEM_ACTOR })
      }
    }
  },
})
