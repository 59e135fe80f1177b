import { useParams } from "react-router-dom"

import { ReasonDialog } from "../../../../../components/dialog/reason-dialog"

const UndoWriteOffPage = () => {
  const { id = "" } = useParams()
  return <ReasonDialog event="undo_write_off" path={`invoices/${id}`} danger={false} />
}

export default UndoWriteOffPage
