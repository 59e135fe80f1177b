import { useParams } from "react-router-dom"

import { PickupDialog } from "../../../../../components/orders/pickup-dialog"

export default function MakeReadyForPickupPage() {
  const { id = "" } = useParams()
  return <PickupDialog id={id} />
}
