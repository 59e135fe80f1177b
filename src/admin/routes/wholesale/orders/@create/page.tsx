import { OrderDialog } from "../../../../components/trade/order-dialog"

const CreateOrderPage = () => {
  return <OrderDialog />
}

export default CreateOrderPage
