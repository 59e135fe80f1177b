import type { InvoiceConsolidation, InvoiceOn } from "./types/store"

export const INVOICE_ON: readonly InvoiceOn[] = ["completion", "approval", "shipment"]
export const INVOICE_CONSOLIDATIONS: readonly InvoiceConsolidation[] = ["none", "manual", "weekly", "monthly"]
