import { useParams, useSearchParams } from "react-router-dom"

import { UnallocateDialog } from "../../../../../components/payments/source-dialogs"
import { usePaymentSource } from "../../../../../hooks/use-credit-source"

const UnallocatePaymentPage = () => {
  const { id = "" } = useParams()
  const [search] = useSearchParams()
  const source = usePaymentSource(id)
  return source ? <UnallocateDialog source={source} invoiceId={search.get("invoice_id") ?? undefined} /> : null
}

export default UnallocatePaymentPage
