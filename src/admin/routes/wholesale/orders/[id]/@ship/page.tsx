import { useParams } from "react-router-dom"

import { ShipDialog } from "../../../../../components/orders/ship-dialog"

const ShipOrderPage = () => {
  const { id = "" } = useParams()
  return <ShipDialog id={id} event="ship" />
}

export default ShipOrderPage
