import { Badge } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { OwnVariant, PurchaseOrder } from "../../lib/types/purchase-orders"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"

export function PurchaseOrderLines({ order }: { order: PurchaseOrder }) {
  const t = useT()
  return (
    <Section title={t("fields.lines")}>
      <LineTable
        lines={order.lines ?? []}
        lineKey={({ id }) => id}
        columns={[
          { header: t("fields.sku"), cell: ({ supplier_sku }) => <Truncated text={supplier_sku} /> },
          { header: t("fields.item"), cell: ({ title }) => <Truncated text={title} /> },
          {
            header: t("fields.ownVariant"),
            cell: ({ variant_id, variant }) =>
              variant_id ? (
                <Truncated text={variantName(variant) ?? variant_id} />
              ) : (
                <Link to="map" className="text-ui-fg-interactive">
                  {t("mapping.map")}
                </Link>
              ),
          },
          { header: t("fields.quantity"), align: "right", cell: ({ quantity }) => quantity },
          {
            header: t("fields.received"),
            align: "right",
            cell: (line) => (
              <span className="inline-flex items-center gap-x-1">
                {line.received_quantity}
                {line.short_quantity > 0 && (
                  <Badge size="2xsmall" color="orange">
                    {t("receipts.shortOf", { count: line.short_quantity })}
                  </Badge>
                )}
                {line.damaged_quantity > 0 && (
                  <Badge size="2xsmall" color="red">
                    {t("receipts.damagedOf", { count: line.damaged_quantity })}
                  </Badge>
                )}
                {line.cancelled_quantity > 0 && (
                  <Badge size="2xsmall" color="grey">
                    {t("receipts.cancelledOf", { count: line.cancelled_quantity })}
                  </Badge>
                )}
              </span>
            ),
          },
          {
            header: t("fields.price"),
            align: "right",
            cell: ({ unit_price }) => amountText(unit_price, order.currency_code),
          },
          {
            header: t("fields.subtotal"),
            align: "right",
            cell: ({ subtotal }) => amountText(subtotal, order.currency_code),
          },
        ]}
      />
    </Section>
  )
}

function variantName(variant: OwnVariant | null): string | undefined {
  return variant ? [variant.product_title, variant.title].filter(Boolean).join(" / ") : undefined
}
