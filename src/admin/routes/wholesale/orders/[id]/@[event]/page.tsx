import { useParams } from "react-router-dom"

import { ReasonDialog } from "../../../../../components/dialog/reason-dialog"

const OrderEventPage = () => {
  const { id = "", event = "" } = useParams()
  return <ReasonDialog event={event.replaceAll("-", "_")} path={`orders/${id}`} />
}

export default OrderEventPage
