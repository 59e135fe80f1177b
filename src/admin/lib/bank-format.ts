import type { Delimiter } from "./csv"

/** How a store's bank writes its statements: titles of columns, and signs. */
export interface BankFormat {
  readonly columns: {
    readonly date: string
    readonly amount: string
    readonly reference: string
    /** Empty where there is none. */
    readonly payer: string
  }
  readonly delimiter: Delimiter
  readonly decimal: "." | ","
  readonly date_order: "ymd" | "dmy" | "mdy"
}

export const NO_FORMAT: BankFormat = {
  columns: { date: "", amount: "", reference: "", payer: "" },
  delimiter: ",",
  decimal: ".",
  date_order: "ymd",
}

const key = (storeId: string) => `wholesale_bank_format:${storeId}`

/** The format that this browser remembers for the store. */
export function rememberedFormat(storeId: string): BankFormat | undefined {
  const kept = localStorage.getItem(key(storeId))
  if (!kept) {
    return undefined
  }
  try {
    const format: unknown = JSON.parse(kept)
    return isFormat(format) ? format : undefined
  } catch {
    return undefined
  }
}

export function rememberFormat(storeId: string, format: BankFormat): void {
  localStorage.setItem(key(storeId), JSON.stringify(format))
}

function isFormat(format: unknown): format is BankFormat {
  return typeof format === "object" && format !== null && "columns" in format && "delimiter" in format
}
