import { Alert, Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Order } from "../../lib/types/orders"

/** The buyer asks to cancel: the order's owner decides. */
export function CancelRequest({ order }: { order: Order }) {
  const t = useT()
  const day = useDay()
  return (
    <div className="px-6 py-4">
      <Alert variant="warning">
        <Text size="small" weight="plus">
          {t("orders.cancelRequested", { day: day(order.cancel_requested_at, true) })}
        </Text>
        {order.cancel_request_reason && <Text size="small">{order.cancel_request_reason}</Text>}
        <div className="mt-2 flex gap-2">
          {order.allowed_events?.includes("cancel") && (
            <Button size="small" variant="danger" asChild>
              <Link to="cancel">{t("orders.acceptCancel")}</Link>
            </Button>
          )}
          <Button size="small" variant="secondary" asChild>
            <Link to="refuse-cancel-request">{t("events.refuse_cancel_request")}</Link>
          </Button>
        </div>
      </Alert>
    </div>
  )
}
