import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Invoice } from "../../lib/types/invoices"
import { ActionDialog } from "../dialog/action-dialog"
import { isMoneyReady, moneyDraft, MoneyFields, moneyOf } from "../payments/money-fields"

/** Records money that came in for an invoice, in full or in part. */
export function PaymentDialog({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const [money, setMoney] = useState(() => moneyDraft(String(invoice.outstanding)))
  return (
    <ActionDialog
      title={t("invoices.payTitle", { number: invoice.number })}
      description={t("invoices.payHint", {
        amount: amountText(invoice.outstanding, invoice.currency_code),
      })}
      submitLabel={t("events.pay")}
      ready={isMoneyReady(money)}
      dirty={money.reference !== ""}
      call={() => ({
        path: "payments",
        body: { ...moneyOf(money), invoice_id: invoice.id, received_at: money.at?.toISOString() },
      })}
    >
      <MoneyFields
        currencyCode={invoice.currency_code}
        day={{ name: "received_at", label: t("fields.receivedAt") }}
        value={money}
        onChange={setMoney}
      />
    </ActionDialog>
  )
}
