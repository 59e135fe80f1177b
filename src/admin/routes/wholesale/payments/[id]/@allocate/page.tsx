import { useParams } from "react-router-dom"

import { AllocateDialog } from "../../../../../components/payments/source-dialogs"
import { usePaymentSource } from "../../../../../hooks/use-credit-source"

const AllocatePaymentPage = () => {
  const { id = "" } = useParams()
  const source = usePaymentSource(id)
  return source ? <AllocateDialog source={source} /> : null
}

export default AllocatePaymentPage
