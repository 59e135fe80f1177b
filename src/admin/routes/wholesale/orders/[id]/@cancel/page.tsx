import { useParams } from "react-router-dom"

import { CancelOrderDialog } from "../../../../../components/orders/cancel-order-dialog"

const CancelOrderPage = () => {
  const { id = "" } = useParams()
  return <CancelOrderDialog id={id} />
}

export default CancelOrderPage
