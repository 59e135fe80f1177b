import { useState } from "react"

import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Order } from "../../lib/types/orders"
import { ActionDialog } from "../dialog/action-dialog"
import { DateField, TextField } from "../dialog/fields"

/** Says where and when the goods can be fetched; the buyer is told. */
export function PickupDialog({ id }: { id: string }) {
  const { row: order } = useRow(resources.orders, id)
  return order ? <PickupForm order={order} /> : null
}

function PickupForm({ order }: { order: Order }) {
  const t = useT()
  const [place, setPlace] = useState(order.pickup_place ?? "")
  const [at, setAt] = useState(order.pickup_at ? new Date(order.pickup_at) : null)
  return (
    <ActionDialog
      title={t("events.make_ready_for_pickup")}
      description={t("orders.pickupHint")}
      submitLabel={t("events.make_ready_for_pickup")}
      call={() => ({
        path: `orders/${order.id}/make-ready-for-pickup`,
        body: { place: place.trim() || undefined, at: at?.toISOString() },
      })}
    >
      <TextField name="place" label={t("fields.pickupPlace")} value={place} onChange={setPlace} autoFocus />
      <DateField
        name="at"
        label={t("fields.pickupAt")}
        granularity="minute"
        value={at}
        onChange={setAt}
      />
    </ActionDialog>
  )
}
