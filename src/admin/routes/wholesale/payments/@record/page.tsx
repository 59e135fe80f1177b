import { RecordPaymentDialog } from "../../../../components/payments/record-payment-dialog"

const RecordPaymentPage = () => {
  return <RecordPaymentDialog />
}

export default RecordPaymentPage
