import { useParams } from "react-router-dom"

import { ReasonDialog } from "../../../../../components/dialog/reason-dialog"

const RequestCancelPage = () => {
  const { id = "" } = useParams()
  return <ReasonDialog event="request_cancel" path={`purchase-orders/${id}`} />
}

export default RequestCancelPage
