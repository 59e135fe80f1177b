import { useParams } from "react-router-dom"

import { RecordPaymentDialog } from "../../../../../components/payments/record-payment-dialog"

const RecordAccountPaymentPage = () => {
  const { id = "" } = useParams()
  return <RecordPaymentDialog accountId={id} />
}

export default RecordAccountPaymentPage
