import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { INVOICE_CONSOLIDATIONS, INVOICE_ON } from "../../lib/invoice-rules"
import type { UpdateStoreBody } from "../../lib/types/requests"
import type { Store } from "../../lib/types/store"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField, TextField } from "../dialog/fields"
import { termsDraft, TermsFields, termsOf } from "../dialog/terms-fields"
import { defaultCreditDraft, DefaultCreditFields, defaultCreditOf } from "../pricing/default-credit-fields"
import { SeriesFields } from "./series-fields"

const PATTERNS = [
  { name: "order_number_pattern", label: "settings.orderNumbers" },
  { name: "purchase_order_number_pattern", label: "settings.purchaseOrderNumbers" },
  { name: "invoice_number_pattern", label: "settings.invoiceNumbers" },
  { name: "credit_note_number_pattern", label: "settings.creditNoteNumbers" },
] as const

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
  const [consolidation, setConsolidation] = useState<Store["invoice_consolidation"] | "">(store.invoice_consolidation)
  const [series, setSeries] = useState<Store["invoice_series"]>(store.invoice_series)
  const [terms, setTerms] = useState(() => termsDraft(store.default_terms))
  const [credit, setCredit] = useState(() => defaultCreditDraft(store.default_credit))
  const default_credit = defaultCreditOf(credit)
  const call = () => {
    const body: UpdateStoreBody = {
      ...patterns,
      invoice_on: invoiceOn || undefined,
      invoice_consolidation: consolidation || undefined,
      invoice_series: series,
      default_terms: termsOf(terms),
      default_credit,
    }
    return { path: `stores/${store.id}`, body }
  }
  return (
    <ActionDialog
      title={t("settings.documents")}
      description={t("settings.patternHint")}
      submitLabel={t("actions.save")}
      ready={termsOf(terms) !== undefined && default_credit !== undefined && series.every((each) => each.series && each.pattern)}
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
      <SelectField
        name="invoice_consolidation"
        label={t("settings.invoiceConsolidation")}
        hint={t("settings.invoiceConsolidationHint")}
        value={consolidation}
        onChange={setConsolidation}
        choices={INVOICE_CONSOLIDATIONS.map((value) => ({ value, label: t(`invoiceConsolidation.${value}`) }))}
      />
      <SeriesFields value={series} onChange={setSeries} />
      <TermsFields name="default_terms" label={t("settings.defaultTerms")} value={terms} onChange={setTerms} />
      <DefaultCreditFields
        hint={t("settings.defaultCreditHint")}
        currencyCode={store.currency_code}
        value={credit}
        onChange={setCredit}
      />
    </ActionDialog>
  )
}
