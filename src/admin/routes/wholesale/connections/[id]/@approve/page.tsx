import { useParams } from "react-router-dom"

import { ApproveConnectionDialog } from "../../../../../components/connections/approve-connection-dialog"

const ApproveConnectionPage = () => {
  const { id = "" } = useParams()
  return <ApproveConnectionDialog id={id} />
}

export default ApproveConnectionPage
