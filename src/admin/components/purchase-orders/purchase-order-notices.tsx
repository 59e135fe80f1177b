import { Alert, Button, Text } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import { figuresOf } from "../../lib/figures"
import type { PurchaseOrder } from "../../lib/types/purchase-orders"

/** What the buyer should know about the order: the supplier's answer, a request under way, lines to map. */
export function PurchaseOrderNotices({ order }: { order: PurchaseOrder }) {
  const notices = [
    <ResponseNotice key="response" order={order} />,
    <CancelNotice key="cancel" order={order} />,
    <UnmappedNotice key="unmapped" order={order} />,
  ]
  return <>{notices}</>
}

function Notice({ variant, children }: { variant: "error" | "warning" | "info"; children: ReactNode }) {
  return (
    <div className="px-6 py-4">
      <Alert variant={variant}>{children}</Alert>
    </div>
  )
}

function ResponseNotice({ order }: { order: PurchaseOrder }) {
  const t = useT()
  const { answer, refusal, price_changes = [] } = order.response ?? {}
  if (answer === "refused" && refusal) {
    return (
      <Notice variant="error">
        <Text size="small" weight="plus">
          {t("responses.refused")}
        </Text>
        <Text size="small">{refusal.message}</Text>
        <ul className="txt-small text-ui-fg-subtle">
          {figuresOf(refusal.details).map(({ name, value }, index) => (
            <li key={index}>{name ? `${t(`figures.${name}`, { defaultValue: name })}: ${value}` : value}</li>
          ))}
        </ul>
      </Notice>
    )
  }
  return answer === "accepted" && price_changes.length > 0 ? (
    <Notice variant="warning">
      <Text size="small" weight="plus">
        {t("responses.pricesChanged")}
      </Text>
      <ul className="txt-small text-ui-fg-subtle">
        {price_changes.map(({ line_id, sku, ordered_unit_price, unit_price }) => (
          <li key={line_id}>{`${sku}: ${ordered_unit_price} → ${unit_price}`}</li>
        ))}
      </ul>
    </Notice>
  ) : null
}

function CancelNotice({ order }: { order: PurchaseOrder }) {
  const t = useT()
  if (order.status === "cancel_requested") {
    return (
      <Notice variant="info">
        <Text size="small" weight="plus">
          {t(order.cancel_answer?.accepted ? "purchaseOrders.cancelGranted" : "purchaseOrders.cancelRequested")}
        </Text>
        <Text size="small">{order.cancel_request_reason}</Text>
      </Notice>
    )
  }
  return order.cancel_answer?.accepted === false ? (
    <Notice variant="warning">
      <Text size="small" weight="plus">
        {t("purchaseOrders.cancelRefused")}
      </Text>
      <Text size="small">{order.cancel_answer.reason}</Text>
    </Notice>
  ) : null
}

function UnmappedNotice({ order }: { order: PurchaseOrder }) {
  const t = useT()
  const unmapped = (order.lines ?? []).filter(({ variant_id }) => variant_id === null)
  const isOver = ["refused", "cancelled"].includes(order.status)
  if (unmapped.length === 0 || isOver) {
    return null
  }
  return (
    <Notice variant="warning">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <Text size="small">{t("mapping.unmapped", { count: unmapped.length })}</Text>
        <Button size="small" variant="secondary" asChild>
          <Link to="map">{t("mapping.mapNow")}</Link>
        </Button>
      </div>
    </Notice>
  )
}
