import { existsSync } from "node:fs"
import { chromium, type Browser, type Page } from "playwright-core"

const ARGUMENTS = [
  "--headless",
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
]
const PLACES = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"]

/** The Chromium of this machine; undefined where there is none. `CHROMIUM_PATH` names one elsewhere. */
export const CHROMIUM = process.env.CHROMIUM_PATH ?? PLACES.find((place) => existsSync(place))

export function openBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS })
}

interface Login {
  readonly email: string
  readonly password: string
}

/** The dashboard as one user sees it, worked by clicks alone. */
export class Dashboard {
  private constructor(readonly page: Page) {}

  static async login(browser: Browser, url: string, { email, password }: Login): Promise<Dashboard> {
    const context = await browser.newContext({ viewport: { width: 1440, height: 1000 }, locale: "en-US" })
    const page = await context.newPage()
    page.setDefaultTimeout(30_000)
    // The first page of a fresh clone waits until Vite has bundled what the dashboard is made of.
    await page.goto(`${url}/app/login`, { timeout: 300_000 })
    await page.locator("input[name=email]").fill(email)
    await page.locator("input[name=password]").fill(password)
    await page.locator("button[type=submit]").click()
    const dashboard = new Dashboard(page)
    await dashboard.openWholesale()
    return dashboard
  }

  /** Opens Wholesale from the sidebar. */
  async openWholesale(): Promise<void> {
    const sidebar = this.page.getByRole("complementary")
    await sidebar.getByRole("link", { name: "Wholesale", exact: true }).click()
  }

  /** Opens a page of the inner navigation. */
  async open(name: string): Promise<void> {
    const navigation = this.page.getByRole("navigation", { name: "Wholesale pages" })
    await navigation.getByRole("link", { name, exact: true }).click()
  }

  /** Opens the row of a list that shows this text. */
  async openRow(text: string): Promise<void> {
    await this.page.getByRole("row").filter({ hasText: text }).first().click()
  }

  async press(name: string): Promise<void> {
    await this.page.getByRole("button", { name, exact: true }).click()
  }

  async follow(name: string): Promise<void> {
    await this.page.getByRole("link", { name, exact: true }).click()
  }

  async fill(label: string, value: string): Promise<void> {
    const named = new RegExp(`^${label}( \\(optional\\))?$`)
    await this.page.getByLabel(named).and(this.page.locator("input, textarea")).fill(value)
  }

  /** Presses the button of the open dialog, and waits until it has closed. */
  async submit(name: string): Promise<void> {
    const dialog = this.page.getByRole("dialog")
    await dialog.getByRole("button", { name, exact: true }).click()
    await dialog.waitFor({ state: "detached" })
  }

  /** Agrees to what a prompt asks, and waits until it has closed. */
  async agree(name: string): Promise<void> {
    const prompt = this.page.getByRole("alertdialog")
    await prompt.getByRole("button", { name, exact: true }).click()
    await prompt.waitFor({ state: "detached" })
  }

  /** What is shown large under this name, to be read out. */
  async readOut(name: string): Promise<string> {
    return await this.page.getByRole("status", { name, exact: true }).first().innerText()
  }

  /** Waits until the document on the page has this state. */
  async sees(status: string): Promise<void> {
    const title = this.page.getByRole("heading", { level: 1 }).locator("..")
    await title.getByText(status, { exact: true }).waitFor()
  }
}
