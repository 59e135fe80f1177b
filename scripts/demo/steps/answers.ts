// What the demo reads of the API's answers; docs/api.md has the whole of each.

export interface ConnectionAnswer {
  readonly id: string
  readonly status: string
  readonly partner_name: string
  readonly account_id: string | null
}

/** The sealed channel under a connection, as its own page shows it. */
export interface ChannelAnswer {
  readonly status: string
  /** What both sides compare by phone. */
  readonly verifier: string
  /** What the partner has not confirmed yet. */
  readonly queued: number
  /** What the partner sent and did not come. */
  readonly missing: number
  readonly refused_count: number
  readonly send_failure: string | null
}

export interface CreditAnswer {
  /** Null where no limit is set. */
  readonly credit_limit: number | null
  readonly balance: number
  readonly reserved: number
  readonly exposure: number
}

export interface OrderAnswer {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly currency_code: string
  readonly subtotal: number
  readonly tax_total: number
  readonly total: number
}

export interface PurchaseOrderAnswer {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly order_id: string
  readonly order_number: string
  readonly order_status: string | null
  readonly subtotal: number
  readonly total: number
  readonly lines: readonly { readonly id: string; readonly supplier_sku: string; readonly quantity: number }[]
  readonly unmapped_lines: readonly { readonly supplier_sku: string }[]
  readonly response: object | null
}

export interface InvoiceAnswer {
  readonly id: string
  readonly number: string
  readonly status: string
  readonly subtotal: number
  readonly tax_total: number
  readonly total: number
  readonly outstanding: number
  readonly due_at: string
}

export interface BillAnswer {
  readonly id: string
  readonly invoice_number: string
  readonly status: string
  readonly total: number
  readonly outstanding: number
}

export interface MirrorAnswer {
  readonly id: string
  readonly status: string
  readonly core_order_id: string
  readonly total: number
}

/** An order of Medusa's own. */
export interface CoreOrderAnswer {
  readonly id: string
  readonly display_id: number
  readonly status: string
  readonly payment_status: string
  readonly total: number
  readonly sales_channel: { readonly name: string }
}
