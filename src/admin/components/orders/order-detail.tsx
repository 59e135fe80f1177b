import { SectionRow } from "@medusajs/dashboard/components"
import { Badge } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { addressLines, amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Order } from "../../lib/types/orders"
import { MirrorRow } from "../common/mirror-row"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { EventButtons, type EventOffer } from "../detail/event-buttons"
import { HistorySection } from "../detail/history-section"
import { LineTable } from "../detail/line-table"
import { Columns, Section } from "../detail/section"
import { Totals } from "../detail/totals"
import { CancelRequest } from "./cancel-request"
import { CreditDecisions } from "./credit-decisions"
import { CreditPanel } from "./credit-panel"
import { HoldBadge } from "./hold-badge"
import { OrderParts } from "./order-parts"
import { ProForma } from "./pro-forma"
import { Shipments } from "./shipments"

const OFFERS: readonly EventOffer[] = [
  { event: "approve" },
  { event: "edit", asks: true },
  { event: "hold", asks: true },
  { event: "start_packing" },
  { event: "finish_packing" },
  { event: "ship", asks: true },
  { event: "dispatch", asks: true },
  { event: "make_ready_for_pickup", asks: true },
  { event: "deliver" },
  { event: "pick_up" },
  { event: "reject", asks: true, danger: true },
  { event: "cancel", asks: true, danger: true },
]

export function OrderDetail({ order }: { order: Order }) {
  const t = useT()
  const day = useDay()
  return (
    <Columns
      main={
        <>
          <CreditPanel order={order} />
          <Section
            level="h1"
            title={order.number ?? t("status.draft")}
            badge={
              <>
                <StatusBadge status={order.status} />
                <HoldBadge kinds={order.hold_kinds} />
              </>
            }
          >
            {order.cancel_requested_at && order.status !== "cancelled" && <CancelRequest order={order} />}
            <EventButtons path={`orders/${order.id}`} allowed={offeredEvents(order)} offers={OFFERS} />
            <SectionRow
              title={t("fields.account")}
              value={
                <Link className="text-ui-fg-interactive" to={`/wholesale/accounts/${order.account_id}`}>
                  {order.account?.company_name ?? order.account_id}
                </Link>
              }
            />
            <SectionRow title={t("fields.theirNumber")} value={order.purchase_order_number ?? "–"} />
            <SectionRow title={t("fields.source")} value={t(`sources.${order.source}`)} />
            <SectionRow title={t("fields.placedAt")} value={day(order.placed_at, true)} />
            {order.rejection_reason && (
              <SectionRow title={t("fields.reason")} value={order.rejection_reason} />
            )}
            {order.cancel_reason && <SectionRow title={t("fields.reason")} value={order.cancel_reason} />}
          </Section>
          <OrderParts order={order} />
          <CreditDecisions order={order} />
          <OrderLines order={order} />
          <Shipments order={order} />
        </>
      }
      side={
        <>
          <Section title={t("fields.total")}>
            <Totals document={order} />
            <ProForma order={order} />
          </Section>
          <Delivery order={order} />
          <Invoices order={order} />
          <HistorySection events={order.events} />
        </>
      }
    />
  )
}

/**
 * What an order that waits for credit could do else is decided in its panel; one that does not can be made to
 * wait. Lines are the store's to edit where no partner's purchase order says what they are.
 */
function offeredEvents({ allowed_events = [], held_at, status, connection_id }: Order): readonly string[] {
  if (status !== "pending") {
    return allowed_events
  }
  const offered = held_at
    ? allowed_events.filter((event) => event !== "approve" && event !== "reject")
    : [...allowed_events, "hold"]
  return connection_id ? offered : [...offered, "edit"]
}

function OrderLines({ order }: { order: Order }) {
  const t = useT()
  return (
    <Section title={t("fields.lines")}>
      <LineTable
        lines={order.lines ?? []}
        lineKey={({ id }) => id}
        columns={[
          { header: t("fields.sku"), cell: ({ sku }) => <Truncated text={sku} /> },
          { header: t("fields.item"), cell: ({ title }) => <Truncated text={title} /> },
          { header: t("fields.quantity"), align: "right", cell: ({ quantity }) => quantity },
          {
            header: t("fields.shipped"),
            align: "right",
            cell: (line) => (
              <span className="inline-flex items-center gap-x-1">
                {line.shipped_quantity}
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

function Delivery({ order }: { order: Order }) {
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
        <SectionRow
          title={t("fields.shipTo")}
          value={
            <span className="whitespace-pre-line [overflow-wrap:anywhere]">{addressLines(order.ship_to).join("\n")}</span>
          }
        />
      )}
      {order.note && <SectionRow title={t("fields.note")} value={order.note} />}
    </Section>
  )
}

function Invoices({ order }: { order: Order }) {
  const t = useT()
  const { invoices = [], mirrors = [] } = order
  if (invoices.length === 0) {
    return null
  }
  return (
    <Section title={t("nav.invoices")}>
      {invoices.map((invoice) => (
        <SectionRow
          key={invoice.id}
          title={amountText(invoice.total, invoice.currency_code)}
          value={
            <span className="inline-flex flex-wrap items-center gap-x-2 whitespace-nowrap">
              <Link className="text-ui-fg-interactive" to={`/wholesale/invoices/${invoice.id}`}>
                {invoice.number}
              </Link>
              <StatusBadge status={invoice.status} />
            </span>
          }
        />
      ))}
      {mirrors.map((mirror) => (
        <MirrorRow key={mirror.id} mirror={mirror} />
      ))}
    </Section>
  )
}
