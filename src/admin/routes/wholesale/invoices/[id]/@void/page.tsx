import { useParams } from "react-router-dom"

import { ReasonDialog } from "../../../../../components/dialog/reason-dialog"

const VoidInvoicePage = () => {
  const { id = "" } = useParams()
  return <ReasonDialog event="void" path={`invoices/${id}`} />
}

export default VoidInvoicePage
