import { useParams } from "react-router-dom"

import { PlaceHoldDialog } from "../../../../../components/credit/hold-dialogs"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const HoldAccountPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  return account ? <PlaceHoldDialog subject={{ account_id: id }} name={account.company_name} /> : null
}

export default HoldAccountPage
