import { useParams } from "react-router-dom"

import { ApproveConnectionDialog } from "../../../../../components/connections/approve-connection-dialog"

export default function ApproveConnectionPage() {
  const { id = "" } = useParams()
  return <ApproveConnectionDialog id={id} />
}
