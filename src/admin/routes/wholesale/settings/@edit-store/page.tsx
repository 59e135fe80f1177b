import { StoreDialog } from "../../../../components/settings/store-dialog"

export default function EditStorePage() {
  return <StoreDialog />
}
