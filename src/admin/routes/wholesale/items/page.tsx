import { ItemList } from "../../../components/items/item-list"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="items" /> }

export default function ItemsPage() {
  return (
    <WholesalePage section="items">
      <ItemList />
    </WholesalePage>
  )
}
