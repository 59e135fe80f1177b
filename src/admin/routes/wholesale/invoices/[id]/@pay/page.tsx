import { useParams } from "react-router-dom"

import { PaymentDialog } from "../../../../../components/invoices/payment-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const PayInvoicePage = () => {
  const { id = "" } = useParams()
  const { row: invoice } = useRow(resources.invoices, id)
  return invoice ? <PaymentDialog invoice={invoice} /> : null
}

export default PayInvoicePage
