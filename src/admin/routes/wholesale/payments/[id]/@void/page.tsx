import { useParams } from "react-router-dom"

import { VoidPaymentDialog } from "../../../../../components/payments/void-payment-dialog"
import { usePaymentSource } from "../../../../../hooks/use-credit-source"

const VoidPaymentPage = () => {
  const { id = "" } = useParams()
  const source = usePaymentSource(id)
  return source ? <VoidPaymentDialog source={source} /> : null
}

export default VoidPaymentPage
