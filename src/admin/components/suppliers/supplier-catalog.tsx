import { Badge, Button, Text, createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"
import { useState } from "react"
import { Link, useNavigate } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import { resources } from "../../lib/resources"
import type { SupplierItem } from "../../lib/types/catalog"
import { CoreName } from "../common/core-name"
import { Truncated } from "../common/truncated"
import { QuantityInput } from "../dialog/fields"
import { RowList } from "../list/row-list"
import type { DraftLine } from "../trade/line-entry"

const column = createDataTableColumnHelper<SupplierItem>()
const filter = createDataTableFilterHelper<SupplierItem & { mapped: boolean }>()

/** What a supplier offers this store: quantities typed here become a purchase order. */
export function SupplierCatalog({ connectionId }: { connectionId: string }) {
  const t = useT()
  const navigate = useNavigate()
  const { rows: suppliers = [] } = useRows(resources.suppliers, { limit: 200 })
  const supplier = suppliers.find(({ connection_id }) => connection_id === connectionId)
  const [basket, setBasket] = useState<Readonly<Record<string, DraftLine>>>({})
  const lines = Object.values(basket).filter(({ quantity }) => wholeNumber(quantity))

  const start = () =>
    navigate("/wholesale/purchase-orders/create", { state: { connectionId, lines } })
  const yesNo = [
    { value: "true", label: t("common.yes") },
    { value: "false", label: t("common.no") },
  ]
  return (
    <RowList
      resource={resources.supplierItems(connectionId)}
      query={{ order: "sku" }}
      heading={supplier?.name ?? t("fields.catalog")}
      subHeading={t("suppliers.catalogText")}
      getRowId={({ sku }) => sku}
      emptyText={t("suppliers.noItems")}
      filters={[
        filter.accessor("available", { type: "radio", label: t("fields.available"), options: yesNo }),
        filter.accessor("mapped", { type: "radio", label: t("fields.mapped"), options: yesNo }),
      ]}
      columns={[
        column.accessor("sku", {
          header: t("fields.sku"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
        }),
        column.accessor("title", {
          header: t("fields.item"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
        }),
        column.accessor("price", {
          header: t("fields.price"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
        column.accessor("minimum_quantity", { header: t("fields.minimum"), align: "right" }),
        column.accessor("order_multiple", { header: t("fields.multiple"), align: "right" }),
        column.accessor("variant_id", {
          header: t("fields.ownVariant"),
          cell: ({ getValue, row }) => {
            const variantId = getValue()
            return (
              <Link
                to={`map?sku=${encodeURIComponent(row.original.sku)}`}
                className="text-ui-fg-interactive block max-w-48 truncate"
              >
                {variantId ? <CoreName kind="variant" id={variantId} /> : t("mapping.map")}
              </Link>
            )
          },
        }),
        column.display({
          id: "quantity",
          header: t("fields.quantity"),
          cell: ({ row: { original: item } }) =>
            item.available ? (
              <QuantityInput
                label={t("lines.quantityOf", { sku: item.sku })}
                value={basket[item.sku]?.quantity ?? ""}
                onChange={(quantity) =>
                  setBasket({ ...basket, [item.sku]: { sku: item.sku, quantity, item } })
                }
              />
            ) : (
              <Badge size="2xsmall">{t("suppliers.unavailable")}</Badge>
            ),
        }),
      ]}
    >
      {lines.length > 0 && (
        <div className="bg-ui-bg-subtle flex items-center justify-between gap-x-4 px-6 py-3">
          <Text size="small">{t("suppliers.chosen", { count: lines.length })}</Text>
          <Button size="small" onClick={start}>
            {t("suppliers.startOrder")}
          </Button>
        </div>
      )}
    </RowList>
  )
}
