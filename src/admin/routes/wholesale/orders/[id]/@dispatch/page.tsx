import { useParams } from "react-router-dom"

import { ShipDialog } from "../../../../../components/orders/ship-dialog"

const DispatchOrderPage = () => {
  const { id = "" } = useParams()
  return <ShipDialog id={id} event="dispatch" />
}

export default DispatchOrderPage
