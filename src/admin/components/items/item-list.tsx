import { toast, createDataTableColumnHelper, createDataTableFilterHelper } from "@medusajs/ui"
import { useNavigate } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { resources } from "../../lib/resources"
import type { CatalogItem } from "../../lib/types/catalog"
import { ErrorNotice } from "../common/error-notice"
import { Truncated } from "../common/truncated"
import { StatusBadge } from "../common/status-badge"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<CatalogItem>()
const filter = createDataTableFilterHelper<CatalogItem>()

/** What the store sells wholesale, and the button that sends it to every active partner. */
export function ItemList() {
  const t = useT()
  const navigate = useNavigate()
  const { access } = useWholesale()
  const item = useAction()
  const catalog = useAction<{ publications: unknown[] }>({
    onDone: ({ publications }) => toast.success(t("items.sent", { count: publications.length })),
  })
  const error = item.error ?? catalog.error
  return (
    <RowList
      resource={resources.catalogItems}
      heading={t("nav.items")}
      subHeading={t("items.text")}
      getRowId={({ id }) => id}
      emptyText={t("items.empty")}
      actions={[
        ...(access.isOn("retailer_connections")
          ? [
              {
                label: t("items.send"),
                disabled: catalog.isPending,
                onClick: () => catalog.run({ path: "catalog/publish" }),
              },
            ]
          : []),
        { label: t("items.add"), to: "add" },
      ]}
      filters={[
        filter.accessor("published", {
          type: "radio",
          label: t("fields.published"),
          options: [
            { value: "true", label: t("status.published") },
            { value: "false", label: t("status.unpublished") },
          ],
        }),
      ]}
      columns={[
        column.accessor("sku", {
          header: t("fields.sku"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
          enableSorting: true,
        }),
        column.accessor("title", {
          header: t("fields.item"),
          cell: ({ getValue }) => <Truncated text={getValue()} />,
          enableSorting: true,
        }),
        column.accessor("wholesale_price", {
          header: t("fields.wholesalePrice"),
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
          align: "right",
        }),
        column.accessor("minimum_quantity", { header: t("fields.minimum"), align: "right" }),
        column.accessor("order_multiple", { header: t("fields.multiple"), align: "right" }),
        column.accessor("published", {
          header: t("fields.status"),
          cell: ({ getValue }) => <StatusBadge status={getValue() ? "published" : "unpublished"} />,
        }),
        column.action({
          actions: ({ row: { original } }) => [
            [{ label: t("actions.edit"), onClick: () => navigate(original.id) }],
            [
              {
                label: t(original.published ? "items.unpublish" : "items.publish"),
                onClick: () =>
                  item.run({
                    path: `catalog/items/${original.id}`,
                    body: { published: !original.published },
                  }),
              },
            ],
          ],
        }),
      ]}
    >
      {error && (
        <div className="px-6 py-4">
          <ErrorNotice error={error} />
        </div>
      )}
    </RowList>
  )
}
