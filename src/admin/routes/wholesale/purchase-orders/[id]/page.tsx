import { useParams } from "react-router-dom"

import { Loaded } from "../../../../components/detail/loaded"
import { WholesalePage } from "../../../../components/page/wholesale-page"
import { PurchaseOrderDetail } from "../../../../components/purchase-orders/purchase-order-detail"
import { resources } from "../../../../lib/resources"

const PurchaseOrderPage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="purchaseOrders">
      <Loaded resource={resources.purchaseOrders} id={id}>
        {(order) => <PurchaseOrderDetail order={order} />}
      </Loaded>
    </WholesalePage>
  )
}

export default PurchaseOrderPage
