import { TierDialog } from "../../../../components/pricing/tier-dialog"

const AddTierPage = () => {
  return <TierDialog />
}

export default AddTierPage
