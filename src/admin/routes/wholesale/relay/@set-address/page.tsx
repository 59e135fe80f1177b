import { RelayDialog } from "../../../../components/relay/relay-dialog"

const SetAddressPage = () => {
  return <RelayDialog />
}

export default SetAddressPage
