import { CreateStoreDialog } from "../../../components/store/create-store-dialog"

const CreateStorePage = () => {
  return <CreateStoreDialog />
}

export default CreateStorePage
