import { createHash } from "node:crypto"
import { readdirSync } from "node:fs"

import type { IFileModuleService, IProductModuleService, ITaxModuleService } from "@medusajs/framework/types"
import { ContainerRegistrationKeys, Modules } from "@medusajs/framework/utils"
import { createTaxRegionsWorkflow } from "@medusajs/medusa/core-flows"

import { createStockedProducts, type StockedVariant } from "../../scripts/fixture/products"
import type { FileAnswer, StoreClient } from "../../scripts/fixture/store-client"
import { createTradingStores, type TradingStores } from "../../scripts/fixture/trading-stores"
import { PNG_OPAQUE } from "../../src/documents/__tests__/fixtures/logos"
import { nameIn, ReadPdf } from "../../src/documents/__tests__/read-pdf"
import { readTerms } from "../../src/documents/__tests__/read-terms"
import { brokenRules } from "../../src/documents/__tests__/rules"
import { facturXErrors } from "../../src/documents/__tests__/xsd"
import { SYSTEM_ACTOR } from "../../src/lib/actor/actor"
import { calendarDay } from "../../src/lib/calendar/days"
import { WHOLESALE_INVOICE } from "../../src/modules/wholesale-invoice"
import type WholesaleInvoiceModuleService from "../../src/modules/wholesale-invoice/service"
import { integrationTestRunner } from "../helpers/integration-test-runner"
import { PortalClient, publishableKey, registerCustomer } from "../helpers/portal-client"
import { advance, enterOrder, offerItems, openAccount, type OrderAnswer } from "../helpers/selling"
import { loginTo } from "../helpers/store-login"
import { connectStores, offerGoods, Trade } from "../helpers/trade"

jest.setTimeout(180_000)

const SETTINGS = {
  tax_number: "DE123456789",
  registration_number: "HRB 4711",
  bank_account: { holder: "Harbour Trading", account_number: "DE02 1203 0000 0000 2020 51", bic: "BYLADEM1001" },
  brand_color: "#0b3d5c",
  locale: "en-US",
  footer_note: "Managing director: Ada Kruse",
}
const BUYER_TAX_NUMBER = "FR40303265045"
const DELIVERED = ["approve", "start-packing", "finish-packing", "ship", "deliver"]

integrationTestRunner({
  testSuite: ({ api, getContainer }) => {
    let stores: TradingStores
    let account: { id: string; location_id: string }
    let lantern: StockedVariant
    let seller: StoreClient
    let stranger: StoreClient

    const login = (side: keyof TradingStores) =>
      loginTo(api, stores[side])
    const changeStore = (settings: object) => seller.post(`/admin/wholesale/stores/${stores.distributor.id}`, settings)

    beforeAll(async () => {
      const container = getContainer()
      stores = await createTradingStores(container)
      const variants = await createStockedProducts(container, stores.distributor.location_id, [
        { title: "Lantern & <wick>", sku: "LANTERN", stock: 500 },
        ...Array.from({ length: 39 }, (_, index) => ({ title: `Candle ${index + 1}`, sku: `CANDLE-${index + 1}`, stock: 50 })),
      ])
      lantern = variants[0]
      seller = await login("distributor")
      await changeStore(SETTINGS)
      account = await openAccount(seller, { company_name: "Elm Stores", credit_limit: null })
      await seller.post(`/admin/wholesale/accounts/${account.id}`, { tax_number: BUYER_TAX_NUMBER })
      await seller.post(`/admin/wholesale/accounts/${account.id}/tax-exemptions`, {
        category: "E",
        certificate_number: "NY-4711",
        reason: "Resale",
      })
      await offerItems(seller, variants.map((variant) => ({ variant, price: "12.50" })))
    })

    beforeEach(async () => {
      seller = await login("distributor")
      stranger = await login("retailer")
    })

    const order = (...lines: { sku: string; quantity: number }[]) => enterOrder(seller, { account_id: account.id, lines })
    const lanterns = (quantity: number) => order({ sku: "LANTERN", quantity })

    /** 4 × 12.50 = 50.00, exempt from tax by the account's certificate. */
    async function invoiced(...lines: { sku: string; quantity: number }[]): Promise<OrderAnswer["invoices"][number]> {
      const { id } = await (lines.length > 0 ? order(...lines) : lanterns(4))
      return (await advance(seller, id, ...DELIVERED)).invoices[0]
    }

    const get = (path: string): Promise<FileAnswer> => seller.file(`/admin/wholesale/${path}`)

    async function pdfOf(path: string): Promise<{ pdf: ReadPdf; text: string; filename: string | null }> {
      const { status, headers, content } = await get(path)
      expect({ status, type: headers.get("content-type") }).toEqual({ status: 200, type: "application/pdf" })
      const pdf = await ReadPdf.of(content)
      return { pdf, text: pdf.pages.flat().join("\n"), filename: headers.get("content-disposition") }
    }

    async function refusal(path: string, by: StoreClient = seller) {
      return await by.request("GET", `/admin/wholesale/${path}`)
    }

    describe("an invoice", () => {
      it("is a PDF that is called by its number, and says what was agreed, why no tax is taken, and where to pay", async () => {
        const { id, number } = await invoiced()
        const { pdf, text, filename } = await pdfOf(`invoices/${id}/pdf`)
        expect(filename).toBe(`attachment; filename="${number}.pdf"`)
        expect(pdf.pages).toHaveLength(1)
        for (const said of [
          number, "Lantern & <wick>", "$50.00", "Resale (NY-4711)", "HRB 4711", "DE123456789", "DE02120300000000202051",
          "BYLADEM1001", "Managing director: Ada Kruse", "Elm Stores", BUYER_TAX_NUMBER,
        ]) {
          expect(text).toContain(said)
        }
      })

      it("is drawn in the store's colour of today, and says the same in any", async () => {
        const { id } = await invoiced()
        const before = await pdfOf(`invoices/${id}/pdf`)
        expect(before.pdf.fills).toContain(SETTINGS.brand_color)
        await changeStore({ brand_color: "#7a1f2b" })
        const after = await pdfOf(`invoices/${id}/pdf`)
        expect(after.pdf.fills).toContain("#7a1f2b")
        expect(after.pdf.fills).not.toContain(SETTINGS.brand_color)
        expect(after.text).toBe(before.text)
      })

      it("goes on over pages that are numbered", async () => {
        const { id, number } = await invoiced(
          ...Array.from({ length: 39 }, (_, index) => ({ sku: `CANDLE-${index + 1}`, quantity: 1 }))
        )
        const { pdf } = await pdfOf(`invoices/${id}/pdf`)
        expect(pdf.pages).toHaveLength(2)
        expect(pdf.pages.map((lines) => lines.find((line) => line.startsWith("Page ")))).toEqual(["Page 1 of 2", "Page 2 of 2"])
        expect(pdf.pages[1].join("\n")).toContain(number)
      })

      it("is UBL and Factur-X with the same figures, and keeps the rules", async () => {
        const { id, number } = await invoiced()
        const ubl = await get(`invoices/${id}/ubl`)
        expect(ubl.headers.get("content-type")).toContain("application/xml")
        expect(ubl.headers.get("content-disposition")).toBe(`attachment; filename="${number}.xml"`)
        const { pdf } = await pdfOf(`invoices/${id}/factur-x`)
        const [{ name, content }] = pdf.attachments
        expect(name).toBe("factur-x.xml")
        expect(await facturXErrors(content)).toEqual([])
        for (const read of [readTerms(ubl.content.toString("utf8")), readTerms(content)]) {
          expect(brokenRules(read)).toEqual([])
          expect(read.terms).toMatchObject({
            "BT-1": [number],
            "BT-3": ["380"],
            "BT-5": ["USD"],
            "BT-30": ["HRB 4711"],
            "BT-31": ["DE123456789"],
            "BT-40": ["US"],
            "BT-44": ["Elm Stores"],
            "BT-48": [BUYER_TAX_NUMBER],
            "BT-72": [calendarDay(new Date())],
            "BT-112": ["50.00"],
          })
          expect(read.lines[0]).toMatchObject({ "BT-153": ["Lantern & <wick>"] })
          expect(read.breakdown).toEqual([expect.objectContaining({ "BT-118": ["E"], "BT-120": ["Resale (NY-4711)"] })])
        }
      })

      it("does not change with the store's settings once it is issued", async () => {
        const { id } = await invoiced()
        const before = { ...(await pdfOf(`invoices/${id}/pdf`)), ubl: (await get(`invoices/${id}/ubl`)).content }
        await changeStore({
          name: "Haven Ltd.",
          email: "haven@example.com",
          phone: "+1 555 0100",
          tax_number: "FR40303265045",
          registration_number: "B 1",
          address: { address_1: "2 Quay", country_code: "fr" },
          bank_account: null,
          locale: "de",
          footer_note: null,
        })
        const after = { ...(await pdfOf(`invoices/${id}/pdf`)), ubl: (await get(`invoices/${id}/ubl`)).content }
        expect(after.text).toBe(before.text)
        expect(after.ubl.equals(before.ubl)).toBe(true)
        const { text } = await pdfOf(`invoices/${(await invoiced()).id}/pdf`)
        expect(text).toContain("Rechnung")
        expect(text).toContain("Haven Ltd.")
      })

      it("does not change with the buyer's account once it is issued", async () => {
        const { id } = await invoiced()
        const read = async () => {
          const { invoice } = await seller.get<{ invoice: { buyer: object; account: object } }>(`/admin/wholesale/invoices/${id}`)
          // The account that it leads to is shown by the name it has now.
          const { account: _, ...kept } = invoice
          return {
            kept,
            text: (await pdfOf(`invoices/${id}/pdf`)).text,
            ubl: (await get(`invoices/${id}/ubl`)).content.toString("utf8"),
            factur_x: (await pdfOf(`invoices/${id}/factur-x`)).pdf.attachments[0].content,
          }
        }
        const before = await read()
        expect(before.kept.buyer).toMatchObject({
          name: "Elm Stores", tax_number: BUYER_TAX_NUMBER, address: { address_1: "5 Elm Street", city: "Albany" },
        })
        await seller.post(`/admin/wholesale/accounts/${account.id}`, {
          company_name: "Elm & Oak GmbH", tax_number: "DE987654321", email: "new@example.com", phone: "+49 30 1",
        })
        const moved = { address_1: "Eichenweg 9", city: "Berlin", postal_code: "10115", province: null, country_code: "de" }
        expect(
          await seller.post(`/admin/wholesale/accounts/${account.id}/locations/${account.location_id}`, moved)
        ).toMatchObject({ location: moved })
        expect(await read()).toEqual(before)

        const { text } = await pdfOf(`invoices/${(await invoiced()).id}/pdf`)
        for (const said of ["Elm & Oak GmbH", "DE987654321", "Eichenweg 9", "Berlin"]) {
          expect(text).toContain(said)
          expect(before.text).not.toContain(said)
        }
      })

      it("stays byte for byte what it was, and its credit note too, when product, price, tax rate, terms and both parties change", async () => {
        const container = getContainer()
        await createTaxRegionsWorkflow(container).run({
          input: [{ country_code: "us", provider_id: "tp_system", default_tax_rate: { code: "NY", name: "Sales tax", rate: 7.25 } }],
        })
        const oak = await openAccount(seller, { company_name: "Oak Stores", credit_limit: null })
        const sold = async () => {
          const { id } = await enterOrder(seller, { account_id: oak.id, lines: [{ sku: "LANTERN", quantity: 4 }] })
          return (await advance(seller, id, ...DELIVERED)).invoices[0].id
        }
        const credited = async (invoice_id: string) => {
          const { invoice } = await seller.get<{ invoice: { lines: { id: string }[] } }>(`/admin/wholesale/invoices/${invoice_id}`)
          const { credit_note } = await seller.post<{ credit_note: { id: string } }>("/admin/wholesale/credit-notes", {
            invoice_id, reason: "One came broken", lines: [{ line_id: invoice.lines[0].id, quantity: 1 }],
          })
          return credit_note.id
        }
        const said = async (path: string) => {
          const answer = await seller.get<Record<string, { account: object }>>(`/admin/wholesale/${path}`)
          // The account that it leads to is shown by the name it has now.
          const kept = Object.values(answer).map(({ account: _, ...document }) => document)
          const [pdf, ubl, facturX] = await Promise.all(["pdf", "ubl", "factur-x"].map((format) => get(`${path}/${format}`)))
          const hashed = [pdf, facturX].map(({ content }) => createHash("sha256").update(content).digest("hex"))
          return [JSON.stringify(kept), ubl.content.toString("utf8"), ...hashed]
        }
        const invoiceId = await sold()
        const noteId = await credited(invoiceId)
        const documents = [`invoices/${invoiceId}`, `credit-notes/${noteId}`]
        const before = [await said(documents[0]), await said(documents[1])]

        await container.resolve<IProductModuleService>(Modules.PRODUCT).updateProducts(lantern.product_id, { title: "Torch" })
        await offerItems(seller, [{ variant: lantern, price: "20.00" }])
        const taxes = container.resolve<ITaxModuleService>(Modules.TAX)
        const [{ id: rateId }] = await taxes.listTaxRates({ code: "NY" })
        await taxes.updateTaxRates(rateId, { rate: 10 })
        await seller.post(`/admin/wholesale/accounts/${oak.id}`, {
          company_name: "Oak & Sons", tax_number: "DE987654321", terms: { type: "net", days: 7, discount: { percent: 3, days: 5 } },
        })
        await seller.post(`/admin/wholesale/accounts/${oak.id}/locations/${oak.location_id}`, { address_1: "1 Beech Row" })
        await changeStore({ name: "Haven Ltd.", address: { address_1: "2 Quay", country_code: "fr" } })
        expect([await said(documents[0]), await said(documents[1])]).toEqual(before)

        // 4 × 12.50 = 50.00, and 7.25 % of it 3.625; one of them 12.50, and 0.90625. Then 4 × 20.00 = 80.00, and 8.00.
        const old = ["Lantern & <wick>", "12.50", "7.25%", "Oak Stores", "5 Elm Street", "1 Wharf Road"]
        const today = ["Torch", "20.00", "10%", "Oak & Sons", "1 Beech Row", "Haven Ltd."]
        for (const [path, sum, [shown, hidden]] of [
          [documents[0], "$53.63", [old, today]],
          [documents[1], "$13.41", [old, today]],
          // A note of today over what was sold then says what was sold then.
          [`credit-notes/${await credited(invoiceId)}`, "$13.41", [old, today]],
          [`invoices/${await sold()}`, "$88.00", [today, old]],
        ] as const) {
          const { text } = await pdfOf(`${path}/pdf`)
          expect([path, ...[...shown, sum].filter((words) => !text.includes(words))]).toEqual([path])
          expect([path, ...hidden.filter((words) => text.includes(words))]).toEqual([path])
        }
      })

      it("names the buyer's purchase order", async () => {
        const container = getContainer()
        const partnership = await connectStores(container, stores, null)
        await offerGoods(container, stores.distributor.id, "usd", [{ variant_id: lantern.variant_id, price: "12.50" }])
        await seller.post(`/admin/wholesale/accounts/${partnership.account_id}/tax-exemptions`, {
          category: "E", certificate_number: "NY-4712", reason: "Resale",
        })
        const trade = new Trade(container, partnership)
        const { id } = await trade.deliver(await trade.place({ sku: "LANTERN", quantity: 2 }))
        const { purchase_orders } = await stranger.get<{ purchase_orders: { number: string; order_number: string }[] }>(
          "/admin/wholesale/purchase-orders"
        )
        const [{ number, order_number }] = purchase_orders
        const { pdf } = await pdfOf(`invoices/${id}/factur-x`)
        for (const xml of [(await get(`invoices/${id}/ubl`)).content.toString("utf8"), pdf.attachments[0].content]) {
          const read = readTerms(xml)
          expect(brokenRules(read)).toEqual([])
          expect(read.terms).toMatchObject({ "BT-13": [number], "BT-14": [order_number], "BT-112": ["25.00"] })
        }
        expect((await pdfOf(`invoices/${id}/pdf`)).text).toContain(number)
      })

      it("says what was paid since, and that it is void, in which case there is no e-invoice of it", async () => {
        const paid = await invoiced()
        await seller.post("/admin/wholesale/payments", { invoice_id: paid.id, amount: 20, method: "cash" })
        // 50.00 less 20.00
        expect((await pdfOf(`invoices/${paid.id}/pdf`)).text).toContain("$30.00")

        const { id, number } = await invoiced()
        await seller.post(`/admin/wholesale/invoices/${id}/void`, { reason: "Entered twice" })
        expect((await pdfOf(`invoices/${id}/pdf`)).text).toContain("Void invoice")
        for (const format of ["ubl", "factur-x"]) {
          expect(await refusal(`invoices/${id}/${format}`)).toMatchObject({
            status: 409,
            body: { code: "invoice_void", details: { number, status: "void" } },
          })
        }
      })

      it("is no e-invoice in a currency of three decimals, and its PDF has them all", async () => {
        const { id } = await getContainer().resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE).issueInvoice({
          store_id: stores.distributor.id,
          account_id: account.id,
          parts: [
            {
              order_id: "whord_dinar",
              order_number: "B2B-KW",
              lines: [
                { order_line_id: "line", sku: "LANTERN", title: "Lantern", quantity: 3, unit_price: "1.125", tax_rate: "0" },
              ],
            },
          ],
          currency_code: "kwd",
          seller: { name: "Harbour", address: { country_code: "kw" } },
          buyer: { name: "Souk", address: { country_code: "kw" } },
          terms: { type: "net", days: 30, discount: null },
          number_pattern: "KW-{SEQ:3}",
          actor: SYSTEM_ACTOR,
        })
        for (const format of ["ubl", "factur-x"]) {
          expect(await refusal(`invoices/${id}/${format}`)).toMatchObject({
            status: 422,
            body: { code: "currency_not_carriable", details: { document: "KW-001", currency_code: "KWD", digits: 3 } },
          })
        }
        // 3 × 1.125
        expect((await pdfOf(`invoices/${id}/pdf`)).text).toContain("3.375")
      })

      it("is no e-invoice while something is missing, and every missing field is named", async () => {
        await changeStore({ tax_number: null, registration_number: null })
        const { id } = await invoiced()
        expect(await refusal(`invoices/${id}/ubl`)).toMatchObject({
          status: 422,
          body: {
            code: "no_e_invoice",
            details: { problems: [{ field: "seller.tax_number" }, { field: "seller.registration_number" }] },
          },
        })
        await pdfOf(`invoices/${id}/pdf`)
      })

      it("is another store's as little as a missing one, in every format", async () => {
        const { id } = await invoiced()
        for (const path of [`invoices/${id}/pdf`, `invoices/${id}/ubl`, `invoices/${id}/factur-x`]) {
          expect(await refusal(path, stranger)).toMatchObject({ status: 404, body: { code: "not_found" } })
        }
      })

      it("goes to the buyers of its account, and to nobody else's", async () => {
        const container = getContainer()
        const other = await openAccount(seller, { company_name: "Oak Stores", credit_limit: null })
        const key = await publishableKey(container, stores.distributor.sales_channel_id)
        const buyerOf = async (accountId: string, email: string) => {
          const customer_id = await registerCustomer(container, email)
          await seller.post(`/admin/wholesale/accounts/${accountId}/employees`, { customer_id })
          return await PortalClient.login(String(api.defaults.baseURL), email, key)
        }
        const { id, number } = await invoiced()
        const own = await (await buyerOf(account.id, "ann@example.com")).file(`invoices/${id}/pdf`)
        expect(own.headers.get("content-disposition")).toBe(`attachment; filename="${number}.pdf"`)
        expect((await ReadPdf.of(own.content)).pages.flat().join("\n")).toContain(number)
        const foreign = await (await buyerOf(other.id, "ben@example.com")).request("GET", `invoices/${id}/pdf`)
        expect(foreign).toMatchObject({ status: 404, body: { code: "not_found" } })
      })
    })

    it("answers a credit note as PDF, UBL and Factur-X, against its invoice", async () => {
      const { id: invoice_id, number: invoiceNumber } = await invoiced()
      const { invoice } = await seller.get<{ invoice: { lines: { id: string }[] } }>(`/admin/wholesale/invoices/${invoice_id}`)
      const { credit_note } = await seller.post<{ credit_note: { id: string; number: string } }>(
        "/admin/wholesale/credit-notes",
        { invoice_id, reason: "One came broken", lines: [{ line_id: invoice.lines[0].id, quantity: 1 }] }
      )
      const { text, filename } = await pdfOf(`credit-notes/${credit_note.id}/pdf`)
      expect(filename).toBe(`attachment; filename="${credit_note.number}.pdf"`)
      for (const said of [credit_note.number, invoiceNumber, "One came broken", "$12.50", "Resale (NY-4711)"]) {
        expect(text).toContain(said)
      }
      const ubl = readTerms((await get(`credit-notes/${credit_note.id}/ubl`)).content.toString("utf8"))
      const { pdf } = await pdfOf(`credit-notes/${credit_note.id}/factur-x`)
      for (const read of [ubl, readTerms(pdf.attachments[0].content)]) {
        expect(brokenRules(read)).toEqual([])
        expect(read.terms).toMatchObject({ "BT-1": [credit_note.number], "BT-3": ["381"], "BT-25": [invoiceNumber], "BT-112": ["12.50"] })
      }
    })

    it("answers a pro forma invoice of an order until it is invoiced, and never of one that has ended", async () => {
      const { id, number } = await lanterns(2)
      const { text, filename } = await pdfOf(`orders/${id}/pro-forma`)
      expect(filename).toBe(`attachment; filename="pro-forma-${number}.pdf"`)
      expect(text).toContain("Pro forma invoice")
      // 2 × 12.50
      expect(text).toContain("$25.00")
      const { invoices } = await advance(seller, id, ...DELIVERED)
      expect(await refusal(`orders/${id}/pro-forma`)).toMatchObject({
        status: 409,
        body: { code: "no_pro_forma", details: { number, invoices: [invoices[0].number] } },
      })
      const rejected = await lanterns(1)
      await advance(seller, rejected.id, ["reject", { reason: "Sold out" }])
      expect(await refusal(`orders/${rejected.id}/pro-forma`)).toMatchObject({
        status: 409,
        body: { code: "no_pro_forma", details: { status: "rejected" } },
      })
    })

    it("answers a packing slip for each shipment: what is in it, and what was still to come", async () => {
      const { id, number, lines } = await lanterns(5)
      await advance(seller, id, "approve", "start-packing", "finish-packing")
      const line_id = lines[0].id
      await advance(seller, id, ["ship", { lines: [{ line_id, quantity: 2 }], carrier: "Parcel Post", tracking_numbers: ["1Z-9"] }], "ship")
      const first = await pdfOf(`orders/${id}/shipments/1/packing-slip`)
      expect(first.filename).toBe(`attachment; filename="packing-slip-${number}-1.pdf"`)
      const cells = (pdf: ReadPdf) => pdf.pages.flat().join(" ")
      expect(cells(first.pdf)).toContain("Parcel Post")
      expect(cells(first.pdf)).toContain("1Z-9")
      // Ordered, in this shipment, to follow.
      expect(cells(first.pdf)).toContain("5 2 3")
      const second = await pdfOf(`orders/${id}/shipments/2/packing-slip`)
      expect(cells(second.pdf)).toContain("5 3 0")
      expect(second.text).not.toContain("$")
      expect(await refusal(`orders/${id}/shipments/3/packing-slip`)).toMatchObject({
        status: 404,
        body: { details: { document: "Shipment", id: "3" } },
      })
    })

    it("answers the statement of an account over a period, whose entries lead from its opening to its closing balance", async () => {
      const { id: invoice_id, number } = await invoiced()
      await seller.post("/admin/wholesale/payments", { invoice_id, amount: 20, method: "bank_transfer", reference: "REF-7" })
      const today = calendarDay(new Date())
      const { text, filename } = await pdfOf(`accounts/${account.id}/statement-pdf?from=2020-01-01&to=${today}`)
      expect(filename).toBe(`attachment; filename="statement-${account.id}-${today}.pdf"`)
      // 50.00 less 20.00
      for (const said of ["Elm Stores", "$0.00", "Invoice", number, "Payment", "REF-7", "-20.00", "$30.00", "Not due", "30.00"]) {
        expect(text).toContain(said)
      }
      const empty = await pdfOf(`accounts/${account.id}/statement-pdf?from=2020-01-01&to=2020-01-31`)
      expect(empty.text).toContain("No entries in this period.")
      expect(await refusal(`accounts/${account.id}/statement-pdf?from=2026-02-01&to=2026-01-01`)).toMatchObject({
        status: 400,
        body: { code: "invalid_request", details: { issues: [{ path: "from" }] } },
      })
      expect(await refusal(`accounts/${account.id}/statement-pdf?from=yesterday`)).toMatchObject({
        status: 400,
        body: { code: "invalid_request", details: { issues: [{ path: "from" }] } },
      })
    })

    describe("with Medusa's file module", () => {
      interface Stored {
        readonly id: string
        readonly document_type: string
        readonly document_id: string
        readonly edition: string
        readonly format: string
        readonly file_id: string
        readonly filename: string
      }
      const files = () => getContainer().resolve<IFileModuleService>(Modules.FILE)
      const kept: string[] = []
      const keep = async (path: string, body: object = {}): Promise<Stored> => {
        const { stored_document } = await seller.post<{ stored_document: Stored }>(`/admin/wholesale/${path}/store-document`, body)
        kept.push(stored_document.file_id)
        return stored_document
      }
      const store = (invoiceId: string, format?: string) => keep(`invoices/${invoiceId}`, format ? { format } : {})
      /** Whether a file is, byte for byte, what a route answers now. */
      const isWhat = async ({ file_id }: Stored, path: string) =>
        (await files().getAsBuffer(file_id)).equals((await get(path)).content)

      afterEach(async () => {
        await files().deleteFiles([...new Set(kept.splice(0))])
      })

      it("keeps a file of an invoice when asked, once for a revision and format", async () => {
        const { id, number } = await invoiced()
        const first = await store(id)
        expect(first).toMatchObject({ document_type: "invoice", document_id: id, format: "pdf", filename: `${number}.pdf` })
        expect(await isWhat(first, `invoices/${id}/pdf`)).toBe(true)
        expect(await store(id)).toEqual(first)
        for (const [format, route, filename] of [
          ["ubl", "ubl", `${number}.xml`],
          ["factur_x", "factur-x", `${number}-factur-x.pdf`],
        ]) {
          const stored = await store(id, format)
          expect(stored).toMatchObject({ edition: first.edition, format, filename })
          expect(await isWhat(stored, `invoices/${id}/${route}`)).toBe(true)
          expect(await store(id, format)).toEqual(stored)
        }

        await seller.post("/admin/wholesale/payments", { invoice_id: id, amount: 20, method: "cash" })
        const paid = await store(id)
        expect(Number(paid.edition)).toBeGreaterThan(Number(first.edition))
        expect(paid.file_id).not.toBe(first.file_id)
        expect(await isWhat(paid, `invoices/${id}/pdf`)).toBe(true)
      })

      it("keeps a credit note in each format, and nothing of a document that cannot be made", async () => {
        const { id: invoice_id } = await invoiced()
        const { credit_note: { id, number } } = await seller.post<{ credit_note: { id: string; number: string } }>(
          "/admin/wholesale/credit-notes",
          { invoice_id, reason: "Late", amount: 5 }
        )
        for (const [format, route, filename] of [
          ["pdf", "pdf", `${number}.pdf`],
          ["ubl", "ubl", `${number}.xml`],
          ["factur_x", "factur-x", `${number}-factur-x.pdf`],
        ]) {
          const stored = await keep(`credit-notes/${id}`, { format })
          expect(stored).toMatchObject({ document_type: "credit_note", document_id: id, format, filename })
          expect(await isWhat(stored, `credit-notes/${id}/${route}`)).toBe(true)
          expect(await keep(`credit-notes/${id}`, { format })).toEqual(stored)
        }
        const { id: voidId } = await invoiced()
        await seller.post(`/admin/wholesale/invoices/${voidId}/void`, { reason: "Entered twice" })
        for (const format of ["ubl", "factur_x"]) {
          expect(await seller.request("POST", `/admin/wholesale/invoices/${voidId}/store-document`, { format })).toMatchObject({
            status: 409,
            body: { code: "invoice_void" },
          })
        }
      })

      it("keeps the packing slip of a shipment once for what it says", async () => {
        const { id, number, lines } = await lanterns(5)
        const two = { lines: [{ line_id: lines[0].id, quantity: 2 }] }
        await advance(seller, id, "approve", "start-packing", "finish-packing", ["ship", two])
        const slip = (sequence: number) => `orders/${id}/shipments/${sequence}`
        const first = await keep(slip(1))
        expect(first).toMatchObject({ document_type: "packing_slip", format: "pdf", filename: `packing-slip-${number}-1.pdf` })
        expect(await isWhat(first, `${slip(1)}/packing-slip`)).toBe(true)

        // What leaves later, and a delivery, change nothing of what was in the first.
        await advance(seller, id, "ship", "deliver")
        await changeStore({ brand_color: "#7a1f2b" })
        expect(await Promise.all([keep(slip(1)), keep(slip(1))])).toEqual([first, first])
        const second = await keep(slip(2))
        expect(second.document_id).not.toBe(first.document_id)
        expect(await isWhat(second, `${slip(2)}/packing-slip`)).toBe(true)

        await seller.post(`/admin/wholesale/accounts/${account.id}`, { company_name: "Elm & Oak" })
        const renamed = await keep(slip(1))
        expect(renamed).toMatchObject({ document_id: first.document_id, filename: first.filename })
        expect(renamed.edition).not.toBe(first.edition)
        expect(await isWhat(renamed, `${slip(1)}/packing-slip`)).toBe(true)
      })

      it("keeps the statement of a period once, until something in it changes", async () => {
        const { id: invoice_id } = await invoiced()
        const to = calendarDay(new Date())
        const period = { from: "2020-01-01" }
        const path = `accounts/${account.id}`
        const first = await keep(`${path}/statement`, period)
        expect(first).toMatchObject({
          document_type: "statement",
          document_id: account.id,
          edition: expect.stringMatching(new RegExp(`^2020-01-01/${to} [0-9a-f]{64}$`)),
          format: "pdf",
          filename: `statement-${account.id}-${to}.pdf`,
        })
        expect(await isWhat(first, `${path}/statement-pdf?from=2020-01-01&to=${to}`)).toBe(true)

        // An order that is approved moves the ledger, and owes nothing yet.
        await advance(seller, (await lanterns(3)).id, "approve")
        const [again, atOnce] = await Promise.all([keep(`${path}/statement`, period), keep(`${path}/statement`, period)])
        expect([again, atOnce]).toEqual([first, first])

        const before = { from: "2020-01-01", to: "2020-01-31" }
        const empty = await keep(`${path}/statement`, before)
        await seller.post("/admin/wholesale/payments", { invoice_id, amount: 20, method: "cash" })
        const paid = await keep(`${path}/statement`, period)
        expect(paid.file_id).not.toBe(first.file_id)
        expect(await isWhat(paid, `${path}/statement-pdf?from=2020-01-01&to=${to}`)).toBe(true)
        expect(await keep(`${path}/statement`, before)).toEqual(empty)
        // The last day is today where none is named.
        for (const none of [{ from: "2026-02-01", to: "2026-01-01" }, { from: "2099-01-01" }]) {
          expect(await seller.request("POST", `/admin/wholesale/${path}/statement/store-document`, none)).toMatchObject({
            status: 400,
            body: { code: "invalid_request", details: { issues: [{ path: "from" }] } },
          })
        }
      })

      it("keeps one file where two ask at once", async () => {
        const { id } = await invoiced()
        const [one, other] = await Promise.all([store(id), store(id)])
        expect(other).toEqual(one)
        expect((await files().getAsBuffer(one.file_id)).subarray(0, 5).toString()).toBe("%PDF-")
      })

      it("leaves no file lying about that it could not remember", async () => {
        const { id, number } = await invoiced()
        // Where Medusa's own provider puts them.
        const lying = () => readdirSync("static").filter((name) => name.endsWith(`-${number}.pdf`)).sort()
        await store(id, "ubl")
        const before = lying()
        const database = getContainer().resolve<{ raw(statement: string): Promise<unknown> }>(ContainerRegistrationKeys.PG_CONNECTION)
        await database.raw(`alter table wholesale_stored_document add constraint full_up check (format <> 'pdf')`)
        expect(await seller.request("POST", `/admin/wholesale/invoices/${id}/store-document`)).toMatchObject({ status: 500 })
        expect(lying()).toEqual(before)
        await database.raw("alter table wholesale_stored_document drop constraint full_up")
        const { file_id } = await store(id)
        expect(lying()).toEqual([...before, file_id].sort())
      })

      it("makes a file anew that was deleted in the file module, once", async () => {
        const { id } = await invoiced()
        const first = await store(id)
        kept.length = 0
        await files().deleteFiles(first.file_id)
        const [anew, atOnce] = await Promise.all([store(id), store(id)])
        expect(atOnce).toEqual(anew)
        expect(anew).toEqual({ ...first, file_id: expect.any(String) })
        expect(anew.file_id).not.toBe(first.file_id)
        expect(await isWhat(anew, `invoices/${id}/pdf`)).toBe(true)
        expect(await store(id)).toEqual(anew)
      })

      it("prints the store's logo, takes none that no document can hold, and goes without one that is gone", async () => {
        const upload = async (filename: string, content: Buffer) =>
          await files().createFiles({ filename, mimeType: "image/png", content: content.toString("base64"), access: "public" })
        const logo = await upload("logo.png", PNG_OPAQUE)
        const text = await upload("logo.txt", Buffer.from("no picture"))
        for (const logo_file_id of [text.id, "not-there.png"]) {
          expect(
            await seller.request("POST", `/admin/wholesale/stores/${stores.distributor.id}`, { logo_file_id })
          ).toMatchObject({ status: 422, body: { code: "unusable_logo" } })
        }
        await changeStore({ logo_file_id: logo.id })
        const { id } = await invoiced()
        const images = async () =>
          (await pdfOf(`invoices/${id}/pdf`)).pdf.dictionaries.filter((dict) => nameIn(dict, "Subtype") === "Image")
        expect(await images()).toHaveLength(1)
        await files().deleteFiles([logo.id, text.id])
        expect(await images()).toHaveLength(0)
      })
    })
  },
})
