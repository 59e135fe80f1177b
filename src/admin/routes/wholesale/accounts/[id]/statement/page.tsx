import { useParams } from "react-router-dom"

import { CreditStatement } from "../../../../../components/credit/credit-statement"
import { Loaded } from "../../../../../components/detail/loaded"
import { WholesalePage } from "../../../../../components/page/wholesale-page"
import { resources } from "../../../../../lib/resources"

const StatementPage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="accounts">
      <Loaded resource={resources.accounts} id={id}>
        {(account) => <CreditStatement account={account} />}
      </Loaded>
    </WholesalePage>
  )
}

export default StatementPage
