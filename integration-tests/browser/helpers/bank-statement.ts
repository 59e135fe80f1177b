import type { Dashboard } from "./dashboard"
import type { TwoStores } from "./two-stores"

/** What an accountant does by clicks about money that came in at the bank. */
export class BankStatement {
  constructor(
    private readonly desk: Dashboard,
    private readonly stores: TwoStores,
    private readonly company: string
  ) {}

  /** Enters an order as it is told by telephone, and has it delivered. @returns the number of its invoice */
  async invoice(sku: string, quantity: number, freight: string): Promise<string> {
    const { distributor } = this.stores
    const order_id = await this.enter(`${sku} ${quantity}`, freight)
    for (const verb of ["approve", "start-packing", "finish-packing", "ship", "deliver"]) {
      await distributor.post(`/admin/wholesale/orders/${order_id}/${verb}`, {})
    }
    const { invoices } = await distributor.get<{ invoices: { number: string }[] }>(
      `/admin/wholesale/invoices?order_id=${order_id}`
    )
    return invoices[0].number
  }

  private async enter(line: string, freight: string): Promise<string> {
    const { desk } = this
    await desk.open("Orders")
    await desk.follow("Enter order")
    await desk.page.getByLabel("Account", { exact: true }).click()
    await desk.page.getByRole("option", { name: this.company }).click()
    await desk.fill("Quick entry", line)
    await desk.press("Add lines")
    await desk.fill("Address", "Main St 1")
    await desk.fill("City", "Berlin")
    await this.choose("Country", "Germany")
    await desk.page.getByRole("switch", { name: "Charges agreed by hand" }).click()
    await desk.fill("Name", "Freight as agreed")
    await desk.fill("Net amount", freight)
    await desk.submit("Place order")
    await desk.page.getByText("Freight as agreed").waitFor()
    return new URL(desk.page.url()).pathname.split("/").at(-1) ?? ""
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
