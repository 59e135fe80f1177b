export interface QuickLine {
  readonly sku: string
  readonly quantity: number
}

export interface QuickLines {
  readonly lines: readonly QuickLine[]
  /** Rows that could not be read, by their number in the text, counted from one. */
  readonly unread: readonly { readonly row: number; readonly text: string }[]
}

/**
 * Reads lines as people type or paste them: `SKU quantity`, one a row, apart by spaces, a tab, a
 * comma or a semicolon. A row without a quantity means one. The same SKU twice is added up.
 */
export function readQuickLines(text: string): QuickLines {
  const quantities = new Map<string, number>()
  const unread: { row: number; text: string }[] = []
  text.split(/\r?\n/).forEach((written, index) => {
    const row = written.trim()
    if (row === "") {
      return
    }
    const [, sku, quantity = "1"] = /^(\S.*?)(?:[\s,;]+(\d{1,9}))?$/.exec(row) ?? []
    if (!sku || /[\s,;]/.test(sku) || Number(quantity) < 1) {
      unread.push({ row: index + 1, text: row })
      return
    }
    quantities.set(sku, (quantities.get(sku) ?? 0) + Number(quantity))
  })
  return { lines: [...quantities].map(([sku, quantity]) => ({ sku, quantity })), unread }
}

/** The least quantity that may be ordered: at least the minimum, and a whole number of multiples. */
export function leastQuantity(item: { minimum_quantity: number; order_multiple: number }): number {
  const multiple = Math.max(1, item.order_multiple)
  return Math.ceil(Math.max(1, item.minimum_quantity) / multiple) * multiple
}

/** A typed quantity as a whole number; undefined where it is none. */
export function wholeNumber(typed: string): number | undefined {
  return /^\d+$/.test(typed.trim()) ? Number(typed) : undefined
}
