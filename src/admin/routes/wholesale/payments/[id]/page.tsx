import { useParams } from "react-router-dom"

import { PaymentDetail } from "../../../../components/payments/payment-detail"
import { Loaded } from "../../../../components/detail/loaded"
import { WholesalePage } from "../../../../components/page/wholesale-page"
import { resources } from "../../../../lib/resources"

const PaymentPage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="payments">
      <Loaded resource={resources.payments} id={id}>
        {(payment) => <PaymentDetail payment={payment} />}
      </Loaded>
    </WholesalePage>
  )
}

export default PaymentPage
