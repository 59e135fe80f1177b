import { useParams } from "react-router-dom"

import { DecideCreditDialog } from "../../../../../components/orders/decide-credit-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const DeclineCreditPage = () => {
  const { id = "" } = useParams()
  const { row: order } = useRow(resources.orders, id)
  return order ? <DecideCreditDialog order={order} decision="decline" /> : null
}

export default DeclineCreditPage
