import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"

import { WholesaleEvents } from "../events"
import { refundMirrors } from "../workflows/reconcile/finish-receivables"

/** A credit note is refunded on the mirrored order at once; should this be lost, the sweeper does it. */
export default async function refundCreditNote({
  container,
}: SubscriberArgs<{ id: string }>): Promise<void> {
  await refundMirrors(container)
}

export const config: SubscriberConfig = {
  event: WholesaleEvents.CREDIT_NOTE_ISSUED,
  context: { subscriberId: "wholesale-refund-credit-note" },
}
