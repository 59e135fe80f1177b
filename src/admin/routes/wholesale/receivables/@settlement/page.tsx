import { SettlementDialog } from "../../../../components/receivables/settlement-dialog"
import { useRows } from "../../../../hooks/use-rows"
import { useWholesale } from "../../../../hooks/use-wholesale"
import { resources } from "../../../../lib/resources"

const SettlementPage = () => {
  const { store } = useWholesale()
  const { rows } = useRows(resources.receivableSettings)
  return rows ? <SettlementDialog own={rows[0]} currencyCode={store.currency_code} /> : null
}

export default SettlementPage
