import { AddItemsDialog } from "../../../../components/items/add-items-dialog"

const AddItemsPage = () => {
  return <AddItemsDialog />
}

export default AddItemsPage
