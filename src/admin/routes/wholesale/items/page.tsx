import { ItemList } from "../../../components/items/item-list"
import { Crumb } from "../../../components/page/crumb"
import { WholesalePage } from "../../../components/page/wholesale-page"

export const handle = { breadcrumb: () => <Crumb name="items" /> }

const ItemsPage = () => {
  return (
    <WholesalePage section="items">
      <ItemList />
    </WholesalePage>
  )
}

export default ItemsPage
