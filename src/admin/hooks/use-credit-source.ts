import { paymentLabel } from "../components/payments/payment-detail"
import { creditNoteSource, paymentSource, type CreditSource } from "../lib/credit-source"
import { resources } from "../lib/resources"
import { useRow } from "./use-rows"
import { useT } from "./use-t"

/** A payment for the dialogs about it; undefined until it is read. */
export function usePaymentSource(id: string): CreditSource | undefined {
  const t = useT()
  const { row } = useRow(resources.payments, id)
  return row && paymentSource(row, paymentLabel(t, row))
}

/** A credit note for the dialogs about it; undefined until it is read. */
export function useCreditNoteSource(id: string): CreditSource | undefined {
  const { row } = useRow(resources.creditNotes, id)
  return row && creditNoteSource(row)
}
