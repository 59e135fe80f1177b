import { ConnectionList } from "../../../components/connections/connection-list"
import { PairingCodes } from "../../../components/connections/pairing-codes"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="connections" /> }

const ConnectionsPage = () => {
  return (
    <WholesalePage section="connections">
      <ConnectionList />
      <PairingCodes />
    </WholesalePage>
  )
}

export default ConnectionsPage
