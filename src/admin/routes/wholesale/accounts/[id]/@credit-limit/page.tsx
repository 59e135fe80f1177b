import { useParams } from "react-router-dom"

import { CreditLimitDialog } from "../../../../../components/accounts/credit-limit-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const CreditLimitPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  return account ? <CreditLimitDialog account={account} /> : null
}

export default CreditLimitPage
