import { useParams } from "react-router-dom"

import { CancelOrderDialog } from "../../../../../components/orders/cancel-order-dialog"

export default function CancelOrderPage() {
  const { id = "" } = useParams()
  return <CancelOrderDialog id={id} />
}
