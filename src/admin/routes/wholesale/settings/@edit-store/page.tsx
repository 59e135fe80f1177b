import { StoreDialog } from "../../../../components/settings/store-dialog"

const EditStorePage = () => {
  return <StoreDialog />
}

export default EditStorePage
