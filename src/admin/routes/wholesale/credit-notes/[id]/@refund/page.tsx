import { useParams } from "react-router-dom"

import { RefundDialog } from "../../../../../components/payments/source-dialogs"
import { useCreditNoteSource } from "../../../../../hooks/use-credit-source"

const RefundCreditNotePage = () => {
  const { id = "" } = useParams()
  const source = useCreditNoteSource(id)
  return source ? <RefundDialog source={source} /> : null
}

export default RefundCreditNotePage
