import { ChargeDialog } from "../../../../components/pricing/charge-dialog"

const AddChargePage = () => {
  return <ChargeDialog />
}

export default AddChargePage
