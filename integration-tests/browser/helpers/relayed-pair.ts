import type { Locator } from "playwright-core"

import type { Dashboard } from "./dashboard"
import type { MedusaServer } from "./medusa-server"

/** What both sides of a connection by a relay do in their dashboards. They are on one backend, and need not be. */
export class RelayedPair {
  constructor(
    private readonly server: MedusaServer,
    private readonly distributor: Dashboard,
    private readonly retailer: Dashboard
  ) {}

  /** Sets the relay on both sides, after an address that is none, and asks whether it is there. */
  async setRelay(origin: string): Promise<void> {
    for (const side of [this.distributor, this.retailer]) {
      await side.openWholesale()
      await side.open("Relay")
      await side.follow("Set address")
      await side.fill("Address", "http://relay.example.com")
      await side.page.getByRole("dialog").getByRole("button", { name: "Save" }).click()
      await side.page.getByRole("alert").getByText("must begin with https://").waitFor()
      await side.fill("Address", origin)
      await side.submit("Save")
      await side.press("Check now")
      await side.page.getByText("Round trip").waitFor()
      await side.sees("Answering")
    }
  }

  /** A code for a partner elsewhere is what is offered first; the retailer mistypes it once. */
  async enterCode(): Promise<void> {
    const { distributor, retailer } = this
    await distributor.open("Connections")
    await distributor.follow("Generate code")
    await elsewhere(distributor).waitFor()
    await distributor.press("Generate code")
    const code = await distributor.readOut("Code")
    await distributor.submit("Close")
    await distributor.page.getByRole("row").filter({ hasText: code }).getByText("on another platform").waitFor()

    await retailer.open("Connections")
    await retailer.follow("Enter code")
    await elsewhere(retailer).waitFor()
    await retailer.fill("Code", `${code.slice(0, -1)}${code.endsWith("2") ? "3" : "2"}`)
    await retailer.page.getByRole("dialog").getByRole("button", { name: "Request connection" }).click()
    await retailer.page.getByRole("alert").getByText("could not be paired").waitFor()
    await retailer.fill("Code", code)
    await retailer.submit("Request connection")
    await retailer.sees("Requested")
  }

  /** Both see the same digits; without having compared them nobody approves. */
  async approveAfterComparing(): Promise<void> {
    const { distributor, retailer } = this
    const digits = await retailer.readOut("Digits to compare")
    expect(digits).toMatch(/^\d{4}-\d{4}$/)
    await relayed(distributor).click()
    expect(await distributor.readOut("Digits to compare")).toBe(digits)

    await distributor.follow("Approve")
    const dialog = distributor.page.getByRole("dialog")
    await dialog.getByText(digits).waitFor()
    await distributor.fill("Credit limit", "5000")
    expect(await dialog.getByRole("button", { name: "Approve" }).isDisabled()).toBe(true)
    await dialog.getByRole("switch", { name: "My partner reads out the same digits" }).click()
    await distributor.submit("Approve")
    await distributor.sees("Active")
    await retailer.sees("Active")
  }

  /** Both sides go over to the next epoch, as soon as the relay is asked again; what waits until then is shown. */
  async renewKeys(): Promise<void> {
    const { distributor, retailer, server } = this
    const notBefore = (moment: string) =>
      server.sql(`update wholesale_relay_channel set send_after = ${moment} where role = 'distributor'`)
    await notBefore("now() + interval '1 hour'")
    await distributor.press("Renew keys")
    await distributor.agree("Renew keys")
    for (const said of ["1 message waits for the partner's confirmation", "1 is not at the relay yet", "The oldest since"]) {
      await row(distributor, "Queue").getByText(said).waitFor()
    }
    await notBefore("null")
    // No second offer: whoever asks has the one that waits sent.
    await distributor.press("Renew keys")
    await distributor.agree("Renew keys")
    for (const side of [distributor, retailer]) {
      await row(side, "Keys renewed").getByText("epoch 1").waitFor()
      await row(side, "Keys renewed").getByText("ago").waitFor()
      await row(side, "Queue").getByText("Empty").waitFor()
      await row(side, "Last message in").getByText("ago").waitFor()
      await row(side, "Last message out").getByText("ago").waitFor()
      await row(side, "Platform").getByText("Another platform").waitFor()
    }
  }

  /** A channel that is out of step, or of which nothing opens, is marked in the list; its page says why and what to do. */
  async showContradictions(): Promise<void> {
    // A heartbeat would tell the partner, or open.
    const set = async (columns: string): Promise<void> =>
      await this.server.sql(`update wholesale_relay_channel set ${columns} where role = 'distributor'`)
    await this.server.sql("update wholesale_relay_channel set heartbeat_due_at = now() + interval '1 hour'")
    await set("status = 'desync', desync_reason = 'partner_went_back', desync_at = now()")
    await this.showsContradiction("Out of step", "nothing travels any more", "its platform was set back")
    await set("status = 'open', desync_reason = null, desync_at = null, unopened_count = 3, unopened_since = now()")
    await this.showsContradiction("Not readable", "Nothing that the partner sends can be read", "3 messages did not open")
    await set("unopened_count = 0, unopened_since = null")
    await this.server.sql("update wholesale_relay_channel set heartbeat_due_at = now()")
  }

  private async showsContradiction(state: string, title: string, reason: string): Promise<void> {
    const { distributor } = this
    await distributor.open("Connections")
    await relayed(distributor).getByText(state).waitFor()
    await relayed(distributor).click()
    const alert = distributor.page.getByRole("alert").filter({ hasText: title })
    await alert.getByText(reason).waitFor()
    await alert.getByRole("link", { name: "Revoke" }).waitFor()
  }

  /** What a partner sent and this version cannot read is shown until a person lets it rest. */
  async dismissUnreadDocument(): Promise<void> {
    const { distributor, server } = this
    await server.sql(
      `insert into wholesale_inbox_document (id, store_id, connection_id, sender_id, document_type, document_id,
         revision, incarnation, issued_at, content_hash, body, status, error, attempts)
       select 'whinb_unread', store_id, id, 'partner', 'shipping_label', 'label_1', 1, 1, now(), 'hash', '{}',
         'unsupported', 'Documents of this type are not known here.', 0
       from wholesale_relay_channel where role = 'distributor'`
    )
    await distributor.open("Relay")
    const document = distributor.page.getByRole("row").filter({ hasText: "shipping label" })
    await document.getByText("Documents of this type are not known here.").waitFor()
    await document.getByRole("button", { name: "Dismiss" }).click()
    await distributor.agree("Dismiss")
    await document.waitFor({ state: "detached" })
    await distributor.page.getByText("Everything that partners sent was applied.").waitFor()
  }

  /** One side ends the connection, and the other learns of it. */
  async revoke(): Promise<void> {
    const { distributor, retailer } = this
    await distributor.open("Connections")
    await relayed(distributor).click()
    await distributor.sees("Active")
    await retailer.follow("Revoke")
    await retailer.submit("Revoke")
    await retailer.sees("Revoked")
    await distributor.sees("Revoked")
    await distributor.page.getByRole("button", { name: "Renew keys" }).waitFor({ state: "detached" })
  }
}

const elsewhere = ({ page }: Dashboard): Locator =>
  page.getByRole("radio", { name: "Another platform", checked: true })

/** The connection by the relay, in the list of connections. */
const relayed = ({ page }: Dashboard): Locator =>
  page.getByRole("row").filter({ has: page.getByText("Another platform", { exact: true }) })

/** What a section says under this name. */
const row = ({ page }: Dashboard, name: string): Locator => page.getByText(name, { exact: true }).locator("..")
