import { useParams, useSearchParams } from "react-router-dom"

import { UnallocateDialog } from "../../../../../components/payments/source-dialogs"
import { useCreditNoteSource } from "../../../../../hooks/use-credit-source"

const UnallocateCreditNotePage = () => {
  const { id = "" } = useParams()
  const [search] = useSearchParams()
  const source = useCreditNoteSource(id)
  return source ? <UnallocateDialog source={source} invoiceId={search.get("invoice_id") ?? undefined} /> : null
}

export default UnallocateCreditNotePage
