import { useParams } from "react-router-dom"

import { SettlementDialog } from "../../../../../components/receivables/settlement-dialog"
import { useRow, useRows } from "../../../../../hooks/use-rows"
import { resources } from "../../../../../lib/resources"

const AccountSettlementPage = () => {
  const { id = "" } = useParams()
  const { row: account } = useRow(resources.accounts, id)
  const { rows } = useRows(resources.receivableSettings, { account_id: id })
  return account && rows ? (
    <SettlementDialog
      own={rows.find(({ account_id }) => account_id === id)}
      currencyCode={account.currency_code}
      account={account}
    />
  ) : null
}

export default AccountSettlementPage
