import type { MedusaContainer } from "@medusajs/framework/types"

import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import type { BillDetail, ListedBill } from "../../modules/wholesale-invoice/persistence/bills/bill-reads"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"
import { amountNumber } from "./amounts"

/** A bill in its figures, as lists show it. */
export function billRow({ lines: _lines, tax_summary: _taxes, ...bill }: ListedBill) {
  return {
    ...bill,
    subtotal: amountNumber(bill.subtotal),
    charge_total: amountNumber(bill.charge_total),
    tax_total: amountNumber(bill.tax_total),
    total: amountNumber(bill.total),
    paid_total: amountNumber(bill.paid_total),
    credited_total: amountNumber(bill.credited_total),
    outstanding: amountNumber(bill.outstanding),
  }
}

/** A bill with its lines, taxes, and the credit notes and payments that came for it. */
export function billView({ documents, ...bill }: BillDetail) {
  return {
    ...billRow(bill),
    lines: bill.lines.map((line) => ({
      ...line,
      unit_price: amountNumber(line.unit_price),
      tax_rate: Number(line.tax_rate),
      subtotal: amountNumber(line.subtotal),
    })),
    tax_summary: bill.tax_summary.map((tax) => ({
      ...tax,
      rate: Number(tax.rate),
      base: amountNumber(tax.base),
      tax: amountNumber(tax.tax),
    })),
    documents: documents.map((document) => ({
      ...document,
      amount: amountNumber(document.amount),
      lines:
        document.lines?.map((line) => ({ ...line, subtotal: amountNumber(line.subtotal) })) ?? null,
    })),
  }
}

/** The newest bills for a purchase order; shipments of one order may be invoiced apart. */
export async function billsOfPurchaseOrder(container: MedusaContainer, storeId: string, id: string) {
  const { bills } = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .listBills({ store_id: storeId, purchase_order_id: id }, { limit: 200, order: "-issued_at" })
  return bills.map(billRow)
}
