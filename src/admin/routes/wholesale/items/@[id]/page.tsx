import { useParams } from "react-router-dom"

import { EditItemDialog } from "../../../../components/items/edit-item-dialog"
import { useRows } from "../../../../hooks/use-rows"
import { resources } from "../../../../lib/resources"

export default function EditItemPage() {
  const { id = "" } = useParams()
  const { rows = [] } = useRows(resources.catalogItems, { id })
  const item = rows.find((row) => row.id === id)
  return item ? <EditItemDialog key={item.id} item={item} /> : null
}
