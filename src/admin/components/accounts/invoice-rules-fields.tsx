import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { INVOICE_CONSOLIDATIONS, INVOICE_ON } from "../../lib/invoice-rules"
import type { Account } from "../../lib/types/accounts"
import { SelectField } from "../dialog/fields"

export type InvoiceRules = Pick<Account, "invoice_on" | "invoice_consolidation" | "invoice_series">

interface InvoiceRulesFieldsProps {
  readonly value: InvoiceRules
  readonly onChange: (rules: InvoiceRules) => void
}

/** As the store has it: a select cannot hold nothing. */
const AS_THE_STORE = "store" as const

/** How an account is invoiced, where it is not as the store has it. */
export function InvoiceRulesFields({ value, onChange }: InvoiceRulesFieldsProps) {
  const t = useT()
  const { store } = useWholesale()
  const asTheStore = (said: string): { value: typeof AS_THE_STORE; label: string } => ({
    value: AS_THE_STORE,
    label: t("accounts.asTheStore", { said }),
  })
  return (
    <>
      <SelectField
        name="invoice_on"
        label={t("settings.invoiceOn")}
        value={value.invoice_on ?? AS_THE_STORE}
        onChange={(chosen) => onChange({ ...value, invoice_on: chosen === AS_THE_STORE || chosen === "" ? null : chosen })}
        choices={[
          asTheStore(t(`invoiceOn.${store.invoice_on}`)),
          ...INVOICE_ON.map((each) => ({ value: each, label: t(`invoiceOn.${each}`) })),
        ]}
      />
      <SelectField
        name="invoice_consolidation"
        label={t("settings.invoiceConsolidation")}
        value={value.invoice_consolidation ?? AS_THE_STORE}
        onChange={(chosen) => onChange({ ...value, invoice_consolidation: chosen === AS_THE_STORE || chosen === "" ? null : chosen })}
        choices={[
          asTheStore(t(`invoiceConsolidation.${store.invoice_consolidation}`)),
          ...INVOICE_CONSOLIDATIONS.map((each) => ({ value: each, label: t(`invoiceConsolidation.${each}`) })),
        ]}
      />
      {(store.invoice_series.length > 0 || value.invoice_series !== null) && (
        <SelectField
          name="invoice_series"
          label={t("accounts.invoiceSeries")}
          value={value.invoice_series ?? AS_THE_STORE}
          onChange={(chosen) => onChange({ ...value, invoice_series: chosen === AS_THE_STORE || chosen === "" ? null : chosen })}
          choices={[
            { value: AS_THE_STORE, label: store.invoice_number_pattern },
            ...store.invoice_series.map(({ series, pattern }) => ({ value: series, label: `${series} · ${pattern}` })),
          ]}
        />
      )}
    </>
  )
}
