import { useParams, useSearchParams } from "react-router-dom"

import { LiftHoldDialog } from "../../../../../components/credit/hold-dialogs"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const LiftOrderHoldPage = () => {
  const { id = "" } = useParams()
  const [search] = useSearchParams()
  const { row: order } = useRow(resources.orders, id)
  const hold = order?.credit_holds?.find((row) => row.id === search.get("hold_id"))
  return order && hold ? <LiftHoldDialog holdId={hold.id} of="order" name={order.number} /> : null
}

export default LiftOrderHoldPage
