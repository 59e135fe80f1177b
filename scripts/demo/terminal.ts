const WIDTH = 22

/** What the demo says: headings, and one line a step, its figures behind its name. */
export class Terminal {
  private steps = 0

  heading(text: string): void {
    this.line(`\n${text}`)
  }

  step(name: string, figures: string): void {
    this.steps += 1
    this.line(`${String(this.steps).padStart(3)}  ${name.padEnd(WIDTH)} ${figures}`)
  }

  /** What came of it, for programs: always the last line. */
  result(figures: object): void {
    this.line(`RESULT ${JSON.stringify(figures)}`)
  }

  line(text: string): void {
    process.stdout.write(`${text}\n`)
  }
}

/** An amount as people write it: `1,154.74 USD`. */
export function money(amount: number, currencyCode: string): string {
  const { maximumFractionDigits: digits } = new Intl.NumberFormat("en", {
    style: "currency",
    currency: currencyCode,
  }).resolvedOptions()
  const figure = new Intl.NumberFormat("en", {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  }).format(amount)
  return `${figure} ${currencyCode.toUpperCase()}`
}

/** Where a database is, without what opens it. */
export function databaseName(url: string): string {
  const { hostname, port, pathname } = new URL(url)
  return `PostgreSQL on ${hostname}:${port || 5432}${pathname}`
}
