import { useParams } from "react-router-dom"

import { PickupDialog } from "../../../../../components/orders/pickup-dialog"

const MakeReadyForPickupPage = () => {
  const { id = "" } = useParams()
  return <PickupDialog id={id} />
}

export default MakeReadyForPickupPage
