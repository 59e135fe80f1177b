import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import type { CatalogItem } from "../../lib/types/catalog"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SwitchField, TextField } from "../dialog/fields"

/** Changes the terms on which one item is sold. */
export function EditItemDialog({ item }: { item: CatalogItem }) {
  const t = useT()
  const [price, setPrice] = useState(String(item.wholesale_price))
  const [minimum, setMinimum] = useState(String(item.minimum_quantity))
  const [multiple, setMultiple] = useState(String(item.order_multiple))
  const [published, setPublished] = useState(item.published)
  const body = {
    wholesale_price: price.trim(),
    minimum_quantity: wholeNumber(minimum),
    order_multiple: wholeNumber(multiple),
    published,
  }
  return (
    <ActionDialog
      title={item.sku}
      description={item.title}
      submitLabel={t("actions.save")}
      ready={Boolean(body.wholesale_price && body.minimum_quantity && body.order_multiple)}
      call={() => ({ path: `catalog/items/${item.id}`, body })}
    >
      <AmountField
        name="wholesale_price"
        label={t("fields.wholesalePrice")}
        currencyCode={item.currency_code}
        value={price}
        onChange={setPrice}
        autoFocus
      />
      <TextField
        name="minimum_quantity"
        type="number"
        min={1}
        label={t("fields.minimum")}
        hint={t("items.minimumHint")}
        value={minimum}
        onChange={setMinimum}
      />
      <TextField
        name="order_multiple"
        type="number"
        min={1}
        label={t("fields.multiple")}
        hint={t("items.multipleHint")}
        value={multiple}
        onChange={setMultiple}
      />
      <SwitchField
        name="published"
        label={t("fields.published")}
        hint={t("items.publishedHint")}
        value={published}
        onChange={setPublished}
      />
    </ActionDialog>
  )
}
