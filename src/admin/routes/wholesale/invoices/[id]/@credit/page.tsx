import { useParams } from "react-router-dom"

import { CreditNoteDialog } from "../../../../../components/invoices/credit-note-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const CreditInvoicePage = () => {
  const { id = "" } = useParams()
  const { row: invoice } = useRow(resources.invoices, id)
  return invoice ? <CreditNoteDialog invoice={invoice} /> : null
}

export default CreditInvoicePage
