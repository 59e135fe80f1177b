import { AddItemsDialog } from "../../../../components/items/add-items-dialog"

export default function AddItemsPage() {
  return <AddItemsDialog />
}
