import type { Dashboard } from "./dashboard"
import type { TwoStores } from "./two-stores"

interface Accounts {
  readonly accounts: readonly { readonly id: string; readonly company_name: string }[]
}

/** What a credit manager does by clicks about an order that goes beyond its account's lines. */
export class HeldOrder {
  constructor(
    private readonly desk: Dashboard,
    private readonly stores: TwoStores,
    private readonly company: string
  ) {}

  /** Orders beyond the limit wait from now on, with the usual lines. */
  async setRules(): Promise<void> {
    const { desk, company } = this
    await desk.open("Accounts")
    await desk.openRow(company)
    await desk.follow("Edit rules")
    await desk.page.getByLabel("Beyond the limit").click()
    await desk.page.getByRole("option", { name: "Hold it for a decision" }).click()
    await desk.submit("Save")
    await desk.press("Use 80% / 95% / 45 days")
    await desk.page.getByText("95% of the limit").waitFor()
    await desk.page.getByRole("listitem").filter({ hasText: "Hard line · not set → 95 %" }).waitFor()
  }

  /** Enters an order, as a phone call would bring it. @returns its number */
  async enter(sku: string, quantity: number): Promise<string> {
    const { distributor } = this.stores
    const { accounts } = await distributor.get<Accounts>("/admin/wholesale/accounts")
    const account = accounts.find(({ company_name }) => company_name === this.company)
    const { order } = await distributor.post<{ order: { number: string } }>("/admin/wholesale/orders", {
      account_id: account?.id,
      fulfilment_method: "shipping",
      ship_to: { address_1: "Main St 1", city: "Berlin", country_code: "de" },
      lines: [{ sku, quantity }],
    })
    return order.number
  }

  /** Reads why it waits, and lets as much of it go on as an amount pays for, beyond the hard line. */
  async letPartGoOn(number: string): Promise<void> {
    const { desk } = this
    await desk.open("Home")
    await desk.follow("Held orders 1")
    await desk.openRow(number)
    // 60 × 100.00 against a limit of 5,000.00, of which 95 % are 4,750.00
    await desk.page.getByText("would come to €6,000.00, which is €1,250.00 beyond the line at 95%").waitFor()
    await desk.follow("Part of it")
    await desk.page.getByText("The lines leave room for €4,750.00.").waitFor()
    await desk.fill("Amount that may go on", "4950")
    const dialog = desk.page.getByRole("dialog")
    await dialog.getByText("49 units go on").waitFor()
    await dialog.getByText("11 units wait").waitFor()
    await desk.fill("Reason", "Half of the season")
    expect(await dialog.getByRole("button", { name: "Let a part go on" }).isDisabled()).toBe(true)
    await dialog.getByRole("switch", { name: "Override the hard line" }).click()
    await desk.submit("Let a part go on")
    await desk.page.getByText("Override", { exact: true }).waitFor()
    await desk.page.getByText("Half of the season").first().waitFor()
  }

  /** What was split off waits, and goes on by itself once the limit leaves room for it. */
  async makeRoomForRest(number: string): Promise<void> {
    const { desk } = this
    await desk.page.getByRole("link", { name: `${number}-1` }).first().click()
    await desk.page.getByText("beyond the line at 95%").waitFor()
    await desk.follow(this.company)
    await desk.follow("Edit rules")
    await desk.fill("Credit limit", "20000")
    await desk.fill("Reason", "Insured")
    await desk.submit("Save")
    await desk.page.getByText("€20,000.00").first().waitFor()
    await desk.open("Orders")
    await desk.openRow(`${number}-1`)
    await desk.page.getByRole("link", { name: "Hold", exact: true }).waitFor()
  }

  /** Holds the order on the page, and lifts that again. */
  async holdAndLift(): Promise<void> {
    const { desk } = this
    await desk.follow("Hold")
    await desk.fill("Reason", "Wrong address")
    await desk.submit("Put on hold")
    await desk.page.getByText("The order was put on hold: Wrong address").waitFor()
    await desk.follow("Lift the hold")
    await desk.fill("Reason", "Mended")
    await desk.submit("Lift the hold")
    await desk.page.getByRole("button", { name: "Approve" }).waitFor()
  }

  /** Turns the order on the page down; it gives back what it had reserved. */
  async reject(): Promise<void> {
    const { desk } = this
    await desk.follow("Reject")
    await desk.fill("Reason", "No longer wanted")
    await desk.submit("Reject")
    await desk.sees("Rejected")
  }
}
