import { useParams } from "react-router-dom"

import { RefundDialog } from "../../../../../components/payments/source-dialogs"
import { usePaymentSource } from "../../../../../hooks/use-credit-source"

const RefundPaymentPage = () => {
  const { id = "" } = useParams()
  const source = usePaymentSource(id)
  return source ? <RefundDialog source={source} /> : null
}

export default RefundPaymentPage
