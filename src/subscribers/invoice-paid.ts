import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { WholesaleEvents } from "../events"
import { mirrorInvoiceWorkflow } from "../workflows/mirror/mirror-invoice"

/** A paid invoice gets its core order at once; should this be lost, the sweeper makes it. */
export default async function mirrorPaidInvoice({
  event: { data },
  container,
}: SubscriberArgs<{ id: string; store_id: string }>): Promise<void> {
  await mirrorInvoiceWorkflow(container).run({
    input: { invoice_id: data.id, store_id: data.store_id },
  })
}

export const config: SubscriberConfig = {
  event: WholesaleEvents.INVOICE_PAID,
  context: { subscriberId: "wholesale-mirror-paid-invoice" },
}
