/** What an order costs beside its goods. */
export const CHARGE_KINDS = ["shipping", "handling"] as const
export type ChargeKind = (typeof CHARGE_KINDS)[number]

/** What a line of an invoice is over. */
export const INVOICE_LINE_KINDS = ["item", ...CHARGE_KINDS] as const
export type InvoiceLineKind = (typeof INVOICE_LINE_KINDS)[number]

export const isCharge = (kind: InvoiceLineKind): kind is ChargeKind => kind !== "item"
