import { CreateStoreDialog } from "../../../components/store/create-store-dialog"

export default function CreateStorePage() {
  return <CreateStoreDialog />
}
