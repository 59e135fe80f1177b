import { useParams } from "react-router-dom"

import { CreditRulesDialog } from "../../../../../components/credit/credit-rules-dialog"
import { useRow } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const CreditRulesPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  return account ? <CreditRulesDialog account={account} /> : null
}

export default CreditRulesPage
