import type { Browser } from "playwright-core"

import { TestRelay } from "../../src/relay-server/__tests__/helpers/test-relay"
import { BankStatement } from "./helpers/bank-statement"
import { CHROMIUM, Dashboard, openBrowser } from "./helpers/dashboard"
import { HeldOrder } from "./helpers/held-order"
import { MedusaServer } from "./helpers/medusa-server"
import { RelayedPair } from "./helpers/relayed-pair"
import { DISTRIBUTOR, openTwoStores, RETAILER, stockOf, VARIABLES, type TwoStores } from "./helpers/two-stores"

const YEAR = new Date().getUTCFullYear()
const ORDER = `B2B-${YEAR}-000001`
const PURCHASE_ORDER = `PO-${YEAR}-000001`
const INVOICE = `INV-${YEAR}-000001`

interface Mirrors {
  readonly mirrors: { core_order_id: string; status: string; total: number }[]
}

interface CreditAccounts {
  readonly credit_accounts: { credit_limit: number; balance: number; reserved: number }[]
}

// Where no Chromium is installed the spec is reported as skipped; CHROMIUM_PATH names one.
const describeWithBrowser = CHROMIUM ? describe : describe.skip
if (!CHROMIUM) {
  process.stderr.write("No Chromium is installed and CHROMIUM_PATH names none: the browser test is not run\n")
}

describeWithBrowser("A trade carried by clicking, on both sides", () => {
  let server: MedusaServer
  let relay: TestRelay
  let browser: Browser
  let stores: TwoStores
  let distributor: Dashboard
  let retailer: Dashboard

  beforeAll(async () => {
    server = await MedusaServer.prepare(VARIABLES)
    await Promise.all([
      server.medusa("user", "-e", DISTRIBUTOR.email, "-p", DISTRIBUTOR.password),
      server.serve(),
    ])
    browser = await openBrowser()
    stores = await openTwoStores(server)
    distributor = await Dashboard.login(browser, server.url, DISTRIBUTOR)
    retailer = await Dashboard.login(browser, server.url, RETAILER)
  })

  afterAll(async () => {
    await browser?.close()
    await server?.stop()
    await relay?.destroy()
  })

  it("goes from two strangers to a paid invoice among the ordinary orders", async () => {
    await pair()
    await publish()
    await order()
    await fulfil()
    await receive()
    await pay()
    await findAmongOrdinaryOrders()
  })

  it("holds an order beyond the lines, lets a part of it go on by an override, and the rest once there is room", async () => {
    const held = new HeldOrder(distributor, stores, RETAILER.store)
    await distributor.openWholesale()

    await held.setRules()
    const number = await held.enter("TEA-100", 60)
    await held.letPartGoOn(number)
    await held.makeRoomForRest(number)
    await held.holdAndLift()

    await held.reject()
    await distributor.page.getByRole("link", { name: number, exact: true }).first().click()
    await held.reject()
    const { credit_accounts } = await stores.distributor.get<CreditAccounts>("/admin/wholesale/credit-accounts")
    expect(credit_accounts).toMatchObject([{ credit_limit: 20_000, balance: 0, reserved: 0 }])
  })

  it("reads a bank's statement, confirms what is sure, and sees the invoice paid and nothing owed", async () => {
    const bank = new BankStatement(distributor, stores, RETAILER.store)
    await distributor.openWholesale()
    // 6 × 100.00 and 12.50 for freight
    const number = await bank.invoice("TEA-100", 6, "12.5")
    await bank.owes("€612.50")
    const day = new Intl.DateTimeFormat("de-DE", { day: "2-digit", month: "2-digit", year: "numeric", timeZone: "UTC" })
    const today = day.format(new Date())
    await bank.read(
      ["Day;Amount;Text", `${today};612,50;Invoice ${number}`, `${today};-80,00;Rent`, "soon;1,00;"].join("\n")
    )
    await bank.confirmSure(number)
    await bank.nobodyOwes()
    await distributor.open("Payments")
    await distributor.openRow(number)
    await distributor.sees("Received")
  })

  it("says that a count is an estimate, and no other", async () => {
    await distributor.openWholesale()
    await distributor.open("Orders")
    await distributor.openRow(ORDER)
    await distributor.open("Orders")
    const estimate = distributor.page.getByText("Beyond 10,000 orders the number is an estimate", { exact: false })
    expect(await estimate.count()).toBe(0)

    await server.sql(
      `insert into wholesale_order (id, store_id, account_id, number, source, fulfilment_method, status,
         currency_code, subtotal, tax_total, total, raw_subtotal, raw_tax_total, raw_total, tax_summary,
         ship_to, bill_to, terms, line_count, invoice_parts_due, created_at, placed_at, approved_at)
       select 'whord_many_' || n, store_id, account_id, 'MANY-' || n, 'manual', 'shipping', 'rejected',
         currency_code, 1, 0, 1, '{"value":"1"}', '{"value":"0"}', '{"value":"1"}', '[]',
         '{}', '{}', '{"type":"net","days":30,"discount":null}', 1, '[]', created_at, created_at, null
         from wholesale_order, generate_series(1, 10001) n where number = '${ORDER}'`
    )
    await distributor.page.reload()

    await estimate.waitFor()
  })

  it("turns a feature off and on again, and keeps who did it", async () => {
    await distributor.open("Settings")
    const portal = distributor.page.getByRole("switch", { name: "Portal" })
    // It was on by default: nobody had set it.
    for (const change of ["– → off", "off → on"]) {
      await portal.click()
      const kept = distributor.page.getByRole("row").filter({ hasText: "Portal" }).filter({ hasText: change })
      await kept.getByText(DISTRIBUTOR.email).waitFor()
    }
    await distributor.page.getByRole("switch", { name: "Portal", checked: true }).waitFor()
  })

  it("finishes what was left, and compares the books, at a click", async () => {
    await distributor.open("Settings")
    await distributor.press("Check the books")
    await distributor.page.getByText("The books agree.").waitFor()

    await server.sql("update wholesale_credit_account set reserved = 7")
    await distributor.press("Check the books")
    const difference = distributor.page.getByRole("listitem").filter({ hasText: "Credit account" })
    await difference.getByText("Reserved: 7").waitFor()
    await difference.getByText("Reserved by the entries: 0").waitFor()
    await difference.getByRole("link").click()
    await distributor.page.getByRole("heading", { name: RETAILER.store }).waitFor()
  })

  it("pairs with a store on another platform by a relay, compares digits, renews keys, and ends it", async () => {
    relay = await TestRelay.create()
    const { origin } = await relay.start()
    const pair = new RelayedPair(server, distributor, retailer)

    await pair.setRelay(origin)
    await pair.enterCode()
    await pair.approveAfterComparing()
    await pair.renewKeys()
    await pair.showContradictions()
    await pair.dismissUnreadDocument()
    await pair.revoke()
  })

  /** Pairs the stores by a code that one tells and the other enters. */
  async function pair(): Promise<void> {
    await distributor.open("Connections")
    await distributor.follow("Generate code")
    await distributor.press("Generate code")
    const code = await distributor.readOut("Code")
    expect(code).toMatch(/^[2-9A-HJ-NP-Z]{2}-[2-9A-HJ-NP-Z]{4}$/)
    await distributor.submit("Close")

    await retailer.open("Connections")
    await retailer.follow("Enter code")
    await retailer.fill("Code", code)
    await retailer.submit("Request connection")
    await retailer.sees("Requested")

    await distributor.open("Home")
    await distributor.follow("Connections to decide 1")
    await distributor.openRow(RETAILER.store)
    await distributor.follow("Approve")
    await distributor.fill("Credit limit", "5000")
    await distributor.submit("Approve")
    await distributor.sees("Active")
  }

  /** Publishes an item and sends the catalog. */
  async function publish(): Promise<void> {
    await distributor.open("Items")
    await distributor.follow("Add items")
    await distributor.page.getByRole("row").filter({ hasText: "TEA-100" }).getByRole("checkbox").click()
    await distributor.press("Continue to prices")
    await distributor.fill("Price of TEA-100", "100")
    await distributor.fill("Multiple of TEA-100", "6")
    await distributor.submit("Save")
    await distributor.press("Send catalog")
    await distributor.page.getByText("Catalog sent to 1 partner").waitFor()
  }

  /** Writes a purchase order from the supplier's catalog, and places it. */
  async function order(): Promise<void> {
    await retailer.open("Suppliers")
    await retailer.openRow(DISTRIBUTOR.store)
    await retailer.follow("Map")
    await retailer.page.getByLabel("Variant for TEA-100").click()
    await retailer.page.getByRole("option", { name: /SHOP-ASSAM/ }).click()
    await retailer.submit("Save")

    await retailer.fill("Quantity of TEA-100", "12")
    await retailer.press("Start purchase order")
    await retailer.submit("Save")
    await retailer.sees("Draft")
    await retailer.press("Place order")
    await retailer.sees("Accepted")
    await retailer.page.getByText(ORDER).waitFor()

    // 12 × 100.00 are reserved of the limit of 5,000; nothing is owed before the approval.
    const { credit_accounts } = await stores.distributor.get<CreditAccounts>("/admin/wholesale/credit-accounts")
    expect(credit_accounts).toMatchObject([{ credit_limit: 5000, balance: 0, reserved: 1200 }])
  }

  /** Approves, packs, ships and delivers the order. */
  async function fulfil(): Promise<void> {
    await distributor.open("Orders")
    await distributor.openRow(ORDER)
    await distributor.press("Approve")
    await distributor.sees("Approved")
    // 50 on hand less the 12 that are approved
    expect(await stockOf(stores.distributor, stores.distributorItem)).toEqual({ stocked: 50, available: 38 })

    await distributor.press("Start packing")
    await distributor.sees("Packing")
    await distributor.open("Home")
    await distributor.follow("Orders to pack 1")
    await distributor.openRow(ORDER)
    await distributor.press("Finish packing")
    await distributor.follow("Ship")
    await distributor.fill("Carrier", "DHL")
    await distributor.fill("Tracking numbers", "00340434161094042557")
    await distributor.submit("Ship")
    await distributor.sees("Shipped")
    await distributor.press("Mark as delivered")
    await distributor.sees("Delivered")
    expect(await stockOf(stores.distributor, stores.distributorItem)).toEqual({ stocked: 38, available: 38 })
  }

  /** Receives the goods, and reports what is damaged. */
  async function receive(): Promise<void> {
    await retailer.open("Home")
    await retailer.follow("Purchase orders to receive 1")
    await retailer.openRow(PURCHASE_ORDER)
    await retailer.page.getByText("00340434161094042557").waitFor()
    await retailer.follow("Receive goods")
    await retailer.fill("Received of TEA-100", "11")
    await retailer.fill("Damaged of TEA-100", "1")
    await retailer.submit("Receive goods")
    await retailer.sees("Received")
    expect(await stockOf(stores.retailer, stores.retailerItem)).toEqual({ stocked: 11, available: 11 })

    await distributor.open("Orders")
    await distributor.openRow(ORDER)
    await distributor.page.getByText("1 damaged").waitFor()
  }

  /** Records the payment, which puts the revenue among the ordinary orders. */
  async function pay(): Promise<void> {
    await distributor.open("Home")
    await distributor.follow("Open invoices 1")
    await distributor.openRow(ORDER)
    await distributor.follow("Record payment")
    await distributor.submit("Record payment")
    await distributor.sees("Paid")
    expect(await distributor.page.getByText("-€0.00").count()).toBe(0)

    const { credit_accounts } = await stores.distributor.get<CreditAccounts>("/admin/wholesale/credit-accounts")
    expect(credit_accounts).toMatchObject([{ balance: 0, reserved: 0 }])

    // The mirror follows the payment by an event; the open invoice reads itself again until it is there.
    await distributor.page.getByText("Made", { exact: true }).waitFor()
    const { mirrors } = await stores.distributor.get<Mirrors>("/admin/wholesale/mirrors")
    expect(mirrors).toMatchObject([{ status: "made", total: 1200 }])
    expect(await stockOf(stores.distributor, stores.distributorItem)).toEqual({ stocked: 38, available: 38 })

    await distributor.follow("Open")
    await distributor.page.getByText(`Wholesale order of ${RETAILER.store}`).waitFor()
    await distributor.page.getByRole("link", { name: INVOICE }).waitFor()
  }

  /** Shows the wholesale orders alone above the core order list. */
  async function findAmongOrdinaryOrders(): Promise<void> {
    await distributor.page.getByRole("link", { name: "Orders", exact: true }).first().click()
    await distributor.page.getByRole("tab", { name: "Wholesale" }).click()
    await distributor.page.waitForURL(/sales_channel_id=/)
    await distributor.page.getByRole("row").filter({ hasText: "1,200.00" }).waitFor()
  }
})
