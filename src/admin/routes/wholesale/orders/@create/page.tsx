import { OrderDialog } from "../../../../components/trade/order-dialog"

export default function CreateOrderPage() {
  return <OrderDialog />
}
