import type { MedusaContainer } from "@medusajs/framework/types"

import { WholesaleError } from "../../lib/errors/wholesale-error"
import { WHOLESALE_INVOICE } from "../../modules/wholesale-invoice"
import { INVOICE_STATUSES } from "../../modules/wholesale-invoice/domain/invoice-machine"
import type WholesaleInvoiceModuleService from "../../modules/wholesale-invoice/service"

/** The invoices that are named; the rest is counted. */
const NAMED = 10

const STANDING = INVOICE_STATUSES.filter((status) => status !== "void")

/** Why nothing of an account waits to be invoiced: the newest invoices that its orders are on, and how many there are. */
export async function nothingToInvoice(
  container: MedusaContainer,
  { store_id, account_id, through }: { readonly store_id: string; readonly account_id: string; readonly through?: string }
): Promise<WholesaleError> {
  const { invoices, count } = await container
    .resolve<WholesaleInvoiceModuleService>(WHOLESALE_INVOICE)
    .listInvoices({ store_id, account_id, status: STANDING }, { limit: NAMED })
  const numbers = invoices.map(({ number }) => number)
  const others = count - numbers.length
  const by = through ? " by then" : " so far"
  return new WholesaleError(
    409,
    "nothing_to_invoice",
    `Nothing of account ${account_id} waits to be invoiced${through ? ` through ${through}` : ""}: ` +
      (count === 0
        ? `none of its orders was supplied${by}.`
        : `what was supplied${by} is on ${numbers.join(", ")}${others > 0 ? ` and ${others} more` : ""} already. ` +
          "Void an invoice to put its orders on another one; what is supplied from now on waits for the next."),
    { account_id, through, invoices: numbers, invoice_count: count }
  )
}
