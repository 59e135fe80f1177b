import { useLocation } from "react-router-dom"

import type { DraftLine } from "../../../../components/trade/line-entry"
import { PurchaseOrderDialog } from "../../../../components/trade/purchase-order-dialog"

/** What the supplier's catalog page hands over when an order is started there. */
interface Started {
  readonly connectionId: string
  readonly lines: readonly DraftLine[]
}

const CreatePurchaseOrderPage = () => {
  const started = useLocation().state as Partial<Started> | null
  return <PurchaseOrderDialog connectionId={started?.connectionId} lines={started?.lines} />
}

export default CreatePurchaseOrderPage
