import { useParams } from "react-router-dom"

import { Loaded } from "../../../../components/detail/loaded"
import { OrderDetail } from "../../../../components/orders/order-detail"
import { WholesalePage } from "../../../../components/page/wholesale-page"
import { resources } from "../../../../lib/resources"

const OrderPage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="orders">
      <Loaded resource={resources.orders} id={id}>
        {(order) => <OrderDetail order={order} />}
      </Loaded>
    </WholesalePage>
  )
}

export default OrderPage
