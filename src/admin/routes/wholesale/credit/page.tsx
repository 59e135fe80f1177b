import { GroupList } from "../../../components/credit/group-list"
import { HoldList } from "../../../components/credit/hold-list"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="credit" /> }

const CreditPage = () => {
  return (
    <WholesalePage section="credit">
      <HoldList />
      <GroupList />
    </WholesalePage>
  )
}

export default CreditPage
