import { AccountList } from "../../../components/accounts/account-list"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="accounts" /> }

const AccountsPage = () => {
  return (
    <WholesalePage section="accounts">
      <AccountList />
    </WholesalePage>
  )
}

export default AccountsPage
