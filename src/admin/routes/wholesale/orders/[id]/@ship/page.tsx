import { useParams } from "react-router-dom"

import { ShipDialog } from "../../../../../components/orders/ship-dialog"

export default function ShipOrderPage() {
  const { id = "" } = useParams()
  return <ShipDialog id={id} event="ship" />
}
