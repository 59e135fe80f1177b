import { useParams } from "react-router-dom"

import { WriteOffDialog } from "../../../../../components/invoices/write-off-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const WriteOffPage = () => {
  const { id = "" } = useParams()
  const { row: invoice } = useRow(resources.invoices, id)
  return invoice ? <WriteOffDialog invoice={invoice} /> : null
}

export default WriteOffPage
