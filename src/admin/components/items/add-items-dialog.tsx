import { Button, Text } from "@medusajs/ui"
import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { wholeNumber } from "../../lib/quick-lines"
import type { UpsertItemsBody } from "../../lib/types/requests"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountInput, QuantityInput, SwitchField } from "../dialog/fields"
import { VariantTable, type PickedVariant } from "./variant-table"

interface Terms {
  readonly price: string
  readonly minimum: string
  readonly multiple: string
}

const NO_TERMS: Terms = { price: "", minimum: "1", multiple: "1" }

/** Picks variants of the store's products, then asks for the terms of each. */
export function AddItemsDialog() {
  const t = useT()
  const { store } = useWholesale()
  const [picked, setPicked] = useState<readonly PickedVariant[]>([])
  const [isPricing, setPricing] = useState(false)
  const [terms, setTerms] = useState<Readonly<Record<string, Terms>>>({})
  const [published, setPublished] = useState(true)

  const termsOf = (id: string) => terms[id] ?? NO_TERMS
  const change = (id: string, changed: Partial<Terms>) =>
    setTerms({ ...terms, [id]: { ...termsOf(id), ...changed } })
  const ready =
    isPricing &&
    picked.every(({ id }) => {
      const { price, minimum, multiple } = termsOf(id)
      return price.trim() !== "" && wholeNumber(minimum) && wholeNumber(multiple)
    })
  const call = () => {
    const body: UpsertItemsBody = {
      items: picked.map(({ id }) => ({
        variant_id: id,
        wholesale_price: termsOf(id).price.trim(),
        minimum_quantity: wholeNumber(termsOf(id).minimum),
        order_multiple: wholeNumber(termsOf(id).multiple),
        published,
      })),
    }
    return { path: "catalog/items", body }
  }

  return (
    <ActionDialog
      size="full"
      title={t("items.add")}
      description={t(isPricing ? "items.addPricesHint" : "items.addPickHint")}
      submitLabel={t("actions.save")}
      ready={ready}
      dirty={picked.length > 0}
      call={call}
    >
      {isPricing ? (
        <>
          <SwitchField
            name="published"
            label={t("items.publishNow")}
            hint={t("items.publishedHint")}
            value={published}
            onChange={setPublished}
          />
          <div className="shadow-elevation-card-rest bg-ui-bg-base overflow-hidden rounded-lg">
            <LineTable
              lines={picked}
              lineKey={({ id }) => id}
              columns={[
                { header: t("fields.sku"), cell: ({ sku }) => <Truncated text={sku} /> },
                { header: t("fields.item"), cell: ({ title }) => <Truncated text={title} /> },
                {
                  header: `${t("fields.wholesalePrice")} (${store.currency_code.toUpperCase()})`,
                  cell: ({ id, sku }) => (
                    <AmountInput
                      label={t("items.priceOf", { sku })}
                      value={termsOf(id).price}
                      onChange={(price) => change(id, { price })}
                    />
                  ),
                },
                {
                  header: t("fields.minimum"),
                  cell: ({ id, sku }) => (
                    <QuantityInput
                      label={t("items.minimumOf", { sku })}
                      value={termsOf(id).minimum}
                      onChange={(minimum) => change(id, { minimum })}
                    />
                  ),
                },
                {
                  header: t("fields.multiple"),
                  cell: ({ id, sku }) => (
                    <QuantityInput
                      label={t("items.multipleOf", { sku })}
                      value={termsOf(id).multiple}
                      onChange={(multiple) => change(id, { multiple })}
                    />
                  ),
                },
              ]}
            />
          </div>
          <div>
            <Button type="button" size="small" variant="secondary" onClick={() => setPricing(false)}>
              {t("items.back")}
            </Button>
          </div>
        </>
      ) : (
        <>
          <VariantTable picked={picked} onPick={setPicked} />
          <div className="flex items-center gap-x-4">
            <Button
              type="button"
              size="small"
              disabled={picked.length === 0}
              onClick={() => setPricing(true)}
            >
              {t("items.continue")}
            </Button>
            <Text size="small" className="text-ui-fg-subtle">
              {t("items.picked", { count: picked.length })}
            </Text>
          </div>
        </>
      )}
    </ActionDialog>
  )
}
