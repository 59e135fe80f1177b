import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { PaymentList } from "../../../components/payments/payment-list"

export const handle = { breadcrumb: () => <Crumb name="payments" /> }

const PaymentsPage = () => {
  return (
    <WholesalePage section="payments">
      <PaymentList />
    </WholesalePage>
  )
}

export default PaymentsPage
