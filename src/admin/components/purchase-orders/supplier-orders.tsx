import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { PurchaseOrder, SupplierOrder } from "../../lib/types/purchase-orders"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"
import { HoldBadge } from "../orders/hold-badge"

/** What the supplier made of a purchase order: one order, or several where it was split. */
export function SupplierOrders({ order }: { order: PurchaseOrder }) {
  const t = useT()
  if (!order.orders?.length) {
    return null
  }
  return (
    <Section title={t("purchaseOrders.supplierOrders")}>
      <LineTable
        lines={order.orders}
        lineKey={({ order_id }) => order_id}
        columns={[
          { header: t("fields.number"), cell: ({ number }) => <Truncated text={number} /> },
          {
            header: t("fields.status"),
            cell: ({ status, on_hold }) => (
              <span className="inline-flex flex-wrap items-center gap-x-2">
                <StatusBadge status={status} />
                <HoldBadge kinds={on_hold?.kinds} />
              </span>
            ),
          },
          {
            header: t("fields.quantity"),
            align: "right",
            cell: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
          },
          { header: t("fields.tracking"), cell: (each) => <Truncated text={trackingOf(each)} /> },
          {
            header: t("fields.total"),
            align: "right",
            cell: ({ total }) => amountText(total, order.currency_code),
          },
        ]}
      />
    </Section>
  )
}

function trackingOf({ shipments }: SupplierOrder): string {
  return shipments
    .map(({ carrier, tracking_numbers }) => [carrier, tracking_numbers.join(", ")].filter(Boolean).join(" "))
    .filter(Boolean)
    .join("; ")
}
