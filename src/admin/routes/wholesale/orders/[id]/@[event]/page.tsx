import { useParams } from "react-router-dom"

import { ReasonDialog } from "../../../../../components/dialog/reason-dialog"

export default function OrderEventPage() {
  const { id = "", event = "" } = useParams()
  return <ReasonDialog event={event.replaceAll("-", "_")} path={`orders/${id}`} />
}
