import { useParams } from "react-router-dom"

import { AllocateDialog } from "../../../../../components/payments/source-dialogs"
import { useCreditNoteSource } from "../../../../../hooks/use-credit-source"

const AllocateCreditNotePage = () => {
  const { id = "" } = useParams()
  const source = useCreditNoteSource(id)
  return source ? <AllocateDialog source={source} /> : null
}

export default AllocateCreditNotePage
