import { useParams } from "react-router-dom"

import { LiftHoldDialog } from "../../../../../components/credit/hold-dialogs"
import { useAccountHold } from "../../../../../hooks/use-account-hold"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const LiftAccountHoldPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  const { hold } = useAccountHold(id)
  return hold ? <LiftHoldDialog holdId={hold.id} of="account" name={account?.company_name} /> : null
}

export default LiftAccountHoldPage
