import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"
import { RelayBoard } from "../../../components/relay/relay-board"

export const handle = { breadcrumb: () => <Crumb name="relay" /> }

const RelayPage = () => {
  return (
    <WholesalePage section="relay">
      <RelayBoard />
    </WholesalePage>
  )
}

export default RelayPage
