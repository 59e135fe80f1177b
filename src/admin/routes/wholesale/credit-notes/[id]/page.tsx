import { useParams } from "react-router-dom"

import { CreditNoteDetail } from "../../../../components/credit-notes/credit-note-detail"
import { Loaded } from "../../../../components/detail/loaded"
import { WholesalePage } from "../../../../components/page/wholesale-page"
import { resources } from "../../../../lib/resources"

const CreditNotePage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="invoices">
      <Loaded resource={resources.creditNotes} id={id}>
        {(note) => <CreditNoteDetail note={note} />}
      </Loaded>
    </WholesalePage>
  )
}

export default CreditNotePage
