import { useT } from "../../hooks/use-t"
import { lyingAllocations, type CreditSource } from "../../lib/credit-source"
import { AskReasonDialog } from "../dialog/reason-dialog"

/** Takes back a payment that was none, with all that it did. */
export function VoidPaymentDialog({ source }: { source: CreditSource }) {
  const t = useT()
  const invoices = new Set(lyingAllocations(source).map(({ invoice_id }) => invoice_id))
  return (
    <AskReasonDialog
      title={t("payments.voidTitle", { label: source.label })}
      description={t("payments.voidHint", { count: invoices.size })}
      submitLabel={t("events.void")}
      path={`${source.path}/void`}
    />
  )
}
