import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { UpdateStoreBody } from "../../lib/types/requests"
import type { Store } from "../../lib/types/store"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField, TextField } from "../dialog/fields"
import { termsDraft, TermsFields, termsOf } from "../dialog/terms-fields"

const PATTERNS = [
  { name: "order_number_pattern", label: "settings.orderNumbers" },
  { name: "purchase_order_number_pattern", label: "settings.purchaseOrderNumbers" },
  { name: "invoice_number_pattern", label: "settings.invoiceNumbers" },
  { name: "credit_note_number_pattern", label: "settings.creditNoteNumbers" },
] as const

const INVOICE_ON: readonly Store["invoice_on"][] = ["completion", "approval", "shipment"]

/** Changes how documents are numbered, invoiced and due; numbers already given stay. */
export function NumberingDialog() {
  const t = useT()
  const { store } = useWholesale()
  const [patterns, setPatterns] = useState({
    order_number_pattern: store.order_number_pattern,
    purchase_order_number_pattern: store.purchase_order_number_pattern,
    invoice_number_pattern: store.invoice_number_pattern,
    credit_note_number_pattern: store.credit_note_number_pattern,
  })
  const [invoiceOn, setInvoiceOn] = useState<Store["invoice_on"] | "">(store.invoice_on)
  const [terms, setTerms] = useState(() => termsDraft(store.default_terms))
  const call = () => {
    const body: UpdateStoreBody = {
      ...patterns,
      invoice_on: invoiceOn || undefined,
      default_terms: termsOf(terms),
    }
    return { path: `stores/${store.id}`, body }
  }
  return (
    <ActionDialog
      title={t("settings.documents")}
      description={t("settings.patternHint")}
      submitLabel={t("actions.save")}
      ready={termsOf(terms) !== undefined}
      call={call}
    >
      {PATTERNS.map(({ name, label }) => (
        <TextField
          key={name}
          name={name}
          label={t(label)}
          value={patterns[name]}
          onChange={(typed) => setPatterns({ ...patterns, [name]: typed })}
        />
      ))}
      <SelectField
        name="invoice_on"
        label={t("settings.invoiceOn")}
        value={invoiceOn}
        onChange={setInvoiceOn}
        choices={INVOICE_ON.map((value) => ({ value, label: t(`invoiceOn.${value}`) }))}
      />
      <TermsFields name="default_terms" label={t("settings.defaultTerms")} value={terms} onChange={setTerms} />
    </ActionDialog>
  )
}
