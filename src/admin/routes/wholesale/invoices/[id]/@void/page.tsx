import { useParams } from "react-router-dom"

import { ReasonDialog } from "../../../../../components/dialog/reason-dialog"

export default function VoidInvoicePage() {
  const { id = "" } = useParams()
  return <ReasonDialog event="void" path={`invoices/${id}`} />
}
