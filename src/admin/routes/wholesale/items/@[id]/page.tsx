import { useParams } from "react-router-dom"

import { EditItemDialog } from "../../../../components/items/edit-item-dialog"
import { useRow } from "../../../../hooks/use-rows"
import { resources } from "../../../../lib/resources"

const EditItemPage = () => {
  const { id = "" } = useParams()
  const { row: item } = useRow(resources.catalogItems, id)
  return item ? <EditItemDialog item={item} /> : null
}

export default EditItemPage
