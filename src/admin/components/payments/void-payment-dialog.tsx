import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { lyingAllocations, type CreditSource } from "../../lib/credit-source"
import { ActionDialog } from "../dialog/action-dialog"
import { TextareaField } from "../dialog/fields"

/** Takes back a payment that was none, with all that it did. */
export function VoidPaymentDialog({ source }: { source: CreditSource }) {
  const t = useT()
  const [reason, setReason] = useState("")
  const given = reason.trim()
  const invoices = new Set(lyingAllocations(source).map(({ invoice_id }) => invoice_id))
  return (
    <ActionDialog
      title={t("payments.voidTitle", { label: source.label })}
      description={t("payments.voidHint", { count: invoices.size })}
      submitLabel={t("events.void")}
      danger
      ready={given !== ""}
      dirty={given !== ""}
      call={() => ({ path: `${source.path}/void`, body: { reason: given } })}
    >
      <TextareaField name="reason" label={t("fields.reason")} value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
