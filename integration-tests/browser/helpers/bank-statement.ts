import type { Dashboard } from "./dashboard"
import type { TwoStores } from "./two-stores"

interface Accounts {
  readonly accounts: readonly { readonly id: string; readonly company_name: string }[]
}

/** What an accountant does by clicks about money that came in at the bank. */
export class BankStatement {
  constructor(
    private readonly desk: Dashboard,
    private readonly stores: TwoStores,
    private readonly company: string
  ) {}

  /** Delivers an order, as on any day. @returns the number of its invoice */
  async invoice(sku: string, quantity: number): Promise<string> {
    const { distributor } = this.stores
    const { accounts } = await distributor.get<Accounts>("/admin/wholesale/accounts")
    const account = accounts.find(({ company_name }) => company_name === this.company)
    const { order } = await distributor.post<{ order: { id: string } }>("/admin/wholesale/orders", {
      account_id: account?.id,
      fulfilment_method: "shipping",
      ship_to: { address_1: "Main St 1", city: "Berlin", country_code: "de" },
      lines: [{ sku, quantity }],
    })
    for (const verb of ["approve", "start-packing", "finish-packing", "ship", "deliver"]) {
      await distributor.post(`/admin/wholesale/orders/${order.id}/${verb}`, {})
    }
    const { invoices } = await distributor.get<{ invoices: { number: string }[] }>(
      `/admin/wholesale/invoices?order_id=${order.id}`
    )
    return invoices[0].number
  }

  /** Looks at what the account owes today. */
  async owes(amount: string): Promise<void> {
    await this.desk.open("Receivables")
    await this.desk.page.getByRole("row").filter({ hasText: this.company }).getByText(amount).first().waitFor()
  }

  /** Nobody is on the list of who owes. */
  async nobodyOwes(): Promise<void> {
    await this.desk.open("Receivables")
    await this.desk.page.getByText("Nobody owes anything on this day.").waitFor()
  }

  /** Pastes what the bank exports, and tells its columns. */
  async read(csv: string): Promise<void> {
    const { desk } = this
    await desk.open("Payments")
    await desk.follow("Import bank statement")
    await desk.fill("Or paste it", csv)
    await this.choose("Column of the date", "Day")
    await this.choose("Column of the amount", "Amount")
    await this.choose("Column of the text", "Text")
    await this.choose("Decimal sign", "Comma: 1.234,56")
    await this.choose("Dates", "Day, month, year")
    await desk.press("Read statement")
    await desk.page.getByText("1 line of money that came in.").waitFor()
  }

  /** Confirms all that is sure, and opens the invoice that was paid by it. */
  async confirmSure(invoice: string): Promise<void> {
    const { desk } = this
    await desk.page.getByText("Row 4: \"soon\" is no date.").waitFor()
    await desk.page.getByText("Sure", { exact: true }).waitFor()
    await desk.press("Confirm 1 sure line")
    await desk.page.getByText("Recorded", { exact: true }).waitFor()
    await desk.page.getByRole("link", { name: invoice }).click()
    await desk.sees("Paid")
  }

  private async choose(label: string, option: string): Promise<void> {
    await this.desk.page.getByLabel(label).click()
    await this.desk.page.getByRole("option", { name: option, exact: true }).click()
  }
}
