import { useParams } from "react-router-dom"

import { AccountDetail } from "../../../../components/accounts/account-detail"
import { Loaded } from "../../../../components/detail/loaded"
import { WholesalePage } from "../../../../components/page/wholesale-page"
import { resources } from "../../../../lib/resources"

const AccountPage = () => {
  const { id = "" } = useParams()
  return (
    <WholesalePage section="accounts">
      <Loaded resource={resources.accounts} id={id}>
        {(account) => <AccountDetail account={account} />}
      </Loaded>
    </WholesalePage>
  )
}

export default AccountPage
