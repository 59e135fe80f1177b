import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Charge } from "../../lib/types/pricing"
import type { TaxSummaryRow } from "../../lib/types/store"
import { FigureRows, type FigureRow } from "./figure-rows"

interface TotalsProps {
  readonly document: {
    readonly currency_code: string
    readonly subtotal: number
    readonly charge_total?: number
    /** What the charges are, where the document says so. */
    readonly charges?: readonly Charge[]
    readonly tax_total: number
    readonly total: number
    readonly tax_summary?: readonly TaxSummaryRow[] | null
  }
  /** What follows the total, such as what was paid. */
  readonly further?: readonly FigureRow[]
}

/** Subtotal, charges, tax for each rate, total. */
export function Totals({ document, further = [] }: TotalsProps) {
  const t = useT()
  const { currency_code, subtotal, tax_total, total, tax_summary } = document
  const taxes = tax_summary?.length
    ? tax_summary.map((row) => ({
        label: [row.name ?? t("fields.tax"), `${row.rate} %`].join(" "),
        amount: row.tax,
      }))
    : [{ label: t("fields.tax"), amount: tax_total }]
  const rows = [
    { label: t("fields.subtotal"), amount: subtotal },
    ...chargeRows(t, document),
    ...taxes,
    { label: t("fields.total"), amount: total, strong: true },
    ...further,
  ]
  return <FigureRows rows={rows} currencyCode={currency_code} />
}

/** A row for each charge; one for all of them where the document only says what they come to. */
function chargeRows(t: ReturnType<typeof useT>, { charges, charge_total = 0, currency_code }: TotalsProps["document"]) {
  if (charges?.length) {
    return charges.map(({ name, amount, waived_amount }) => ({
      label: waived_amount
        ? t("charges.free", { name, amount: amountText(waived_amount, currency_code) })
        : name,
      amount,
    }))
  }
  return charge_total === 0 ? [] : [{ label: t("charges.total"), amount: charge_total }]
}
