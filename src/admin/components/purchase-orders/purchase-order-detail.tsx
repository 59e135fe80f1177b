import { SectionRow } from "@medusajs/dashboard/components"
import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { addressLines, amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { PurchaseOrder } from "../../lib/types/purchase-orders"
import { CoreName } from "../common/core-name"
import { StatusBadge } from "../common/status-badge"
import { EventButtons, type EventOffer } from "../detail/event-buttons"
import { HistorySection } from "../detail/history-section"
import { LineTable } from "../detail/line-table"
import { Columns, Section } from "../detail/section"
import { Totals } from "../detail/totals"
import { DeleteDraft } from "./delete-draft"
import { PurchaseOrderLines } from "./purchase-order-lines"
import { PurchaseOrderNotices } from "./purchase-order-notices"
import { SupplierOrders } from "./supplier-orders"

const OFFERS: readonly EventOffer[] = [
  { event: "place" },
  { event: "receive", asks: true },
  { event: "close" },
  { event: "request_cancel", asks: true, danger: true },
]

export function PurchaseOrderDetail({ order }: { order: PurchaseOrder }) {
  const t = useT()
  const { access } = useWholesale()
  const receives = access.isOn("wholesale_receiving")
  const allowed = order.allowed_events?.filter((event) => receives || event !== "receive")
  const isDraft = order.status === "draft"
  return (
    <Columns
      main={
        <>
          <Section
            level="h1"
            title={order.number ?? t("purchaseOrders.draft")}
            badge={<StatusBadge status={order.status} />}
            actions={
              isDraft && (
                <>
                  <DeleteDraft id={order.id} />
                  <Button size="small" variant="secondary" asChild>
                    <Link to="edit">{t("actions.edit")}</Link>
                  </Button>
                </>
              )
            }
          >
            <PurchaseOrderNotices order={order} />
            <EventButtons path={`purchase-orders/${order.id}`} allowed={allowed} offers={OFFERS} />
            <SectionRow title={t("fields.supplier")} value={order.supplier_name} />
            {!order.orders?.length && (
              <SectionRow title={t("fields.theirNumber")} value={order.order_number ?? "–"} />
            )}
          </Section>
          <SupplierOrders order={order} />
          <PurchaseOrderLines order={order} />
          <Receipts order={order} />
        </>
      }
      side={
        <>
          <Section title={t("fields.total")}>
            <Totals document={order} />
          </Section>
          <Delivery order={order} />
          <Bills order={order} />
          <HistorySection events={order.events} />
        </>
      }
    />
  )
}

function Delivery({ order }: { order: PurchaseOrder }) {
  const t = useT()
  const day = useDay()
  const isFetched = order.fulfilment_method === "pickup" || order.fulfilment_method === "in_store"
  return (
    <Section title={t("fields.delivery")}>
      <SectionRow title={t("fields.fulfilmentMethod")} value={t(`methods.${order.fulfilment_method}`)} />
      {isFetched ? (
        <>
          <SectionRow title={t("fields.pickupPlace")} value={order.pickup_place} />
          <SectionRow title={t("fields.pickupAt")} value={day(order.pickup_at, true)} />
        </>
      ) : (
        <SectionRow title={t("fields.shipTo")} value={addressLines(order.ship_to).join("\n")} />
      )}
      {order.location_id && (
        <SectionRow
          title={t("fields.receiveAt")}
          value={<CoreName kind="stock-location" id={order.location_id} />}
        />
      )}
      {order.note && <SectionRow title={t("fields.note")} value={order.note} />}
    </Section>
  )
}

function Receipts({ order }: { order: PurchaseOrder }) {
  const t = useT()
  const day = useDay()
  if (!order.receipts?.length) {
    return null
  }
  return (
    <Section title={t("receipts.title")}>
      <LineTable
        lines={order.receipts}
        lineKey={({ id }) => id}
        columns={[
          { header: t("fields.number"), cell: ({ sequence }) => sequence },
          { header: t("fields.receivedAt"), cell: ({ received_at }) => day(received_at, true) },
          { header: t("fields.status"), cell: ({ status }) => <StatusBadge status={status} /> },
          { header: t("fields.note"), cell: ({ note }) => note ?? "–" },
        ]}
      />
    </Section>
  )
}

function Bills({ order }: { order: PurchaseOrder }) {
  const t = useT()
  const day = useDay()
  if (!order.bills?.length) {
    return null
  }
  return (
    <Section title={t("nav.bills")}>
      {order.bills.map((bill) => (
        <SectionRow
          key={bill.id}
          title={bill.invoice_number}
          value={
            <div className="flex flex-wrap items-center gap-x-2">
              <StatusBadge status={bill.status} />
              <span>{amountText(bill.total, bill.currency_code)}</span>
              {bill.outstanding > 0 && (
                <span className="text-ui-fg-muted">{t("bills.due", { day: day(bill.due_at) })}</span>
              )}
            </div>
          }
        />
      ))}
    </Section>
  )
}
