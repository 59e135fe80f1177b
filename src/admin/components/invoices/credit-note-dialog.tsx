import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import type { Invoice, InvoiceLine } from "../../lib/types/invoices"
import type { CreditNoteBody } from "../../lib/types/requests"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, QuantityInput, SelectField, TextareaField } from "../dialog/fields"

type By = "lines" | "amount"

/** Credits quantities of lines, or an amount; never more than is left of the invoice. */
export function CreditNoteDialog({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const [by, setBy] = useState<By | "">("lines")
  const [reason, setReason] = useState("")
  const [amount, setAmount] = useState("")
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({})

  const open = (invoice.lines ?? []).filter((line) => leftOf(line) > 0)
  const lines = Object.entries(quantities).flatMap(([line_id, typed]) => {
    const quantity = wholeNumber(typed)
    return quantity ? [{ line_id, quantity }] : []
  })
  const given = by === "lines" ? lines.length > 0 : amount.trim() !== ""
  const call = () => {
    const common = { invoice_id: invoice.id, reason: reason.trim() }
    const body: CreditNoteBody = by === "lines" ? { ...common, lines } : { ...common, amount: amount.trim() }
    return { path: "credit-notes", body }
  }
  return (
    <ActionDialog
      size="full"
      title={t("invoices.creditTitle", { number: invoice.number })}
      description={t("invoices.creditHint", {
        amount: amountText(invoice.total - invoice.credited_total, invoice.currency_code),
      })}
      submitLabel={t("events.credit")}
      ready={given && reason.trim() !== ""}
      dirty={given || reason !== ""}
      call={call}
    >
      <SelectField
        name="by"
        label={t("invoices.creditBy")}
        value={by}
        onChange={setBy}
        choices={[
          { value: "lines", label: t("invoices.creditByLines") },
          { value: "amount", label: t("invoices.creditByAmount") },
        ]}
      />
      {by === "amount" ? (
        <AmountField
          name="amount"
          label={t("fields.amount")}
          hint={t("invoices.creditAmountHint")}
          currencyCode={invoice.currency_code}
          value={amount}
          onChange={setAmount}
        />
      ) : (
        <div className="shadow-elevation-card-rest bg-ui-bg-base overflow-hidden rounded-lg">
          <LineTable
            lines={open}
            lineKey={({ id }) => id}
            columns={[
              { header: t("fields.sku"), cell: ({ sku }) => <Truncated text={sku} /> },
              { header: t("fields.item"), cell: ({ title }) => <Truncated text={title} /> },
              {
                header: t("fields.price"),
                align: "right",
                cell: ({ unit_price }) => amountText(unit_price, invoice.currency_code),
              },
              { header: t("receipts.left"), align: "right", cell: leftOf },
              {
                header: t("invoices.creditQuantity"),
                cell: ({ id, sku, ...line }) => (
                  <QuantityInput
                    label={t("lines.quantityOf", { sku })}
                    max={leftOf(line)}
                    value={quantities[id] ?? ""}
                    onChange={(typed) => setQuantities({ ...quantities, [id]: typed })}
                  />
                ),
              },
            ]}
          />
        </div>
      )}
      <TextareaField name="reason" label={t("fields.reason")} value={reason} onChange={setReason} />
    </ActionDialog>
  )
}

function leftOf(line: Pick<InvoiceLine, "quantity" | "credited_quantity">): number {
  return line.quantity - line.credited_quantity
}
