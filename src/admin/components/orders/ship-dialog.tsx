import { useState } from "react"

import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import { resources } from "../../lib/resources"
import type { Order, OrderLine } from "../../lib/types/orders"
import type { ShipOrderBody } from "../../lib/types/requests"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { ActionDialog } from "../dialog/action-dialog"
import { QuantityInput, TextField } from "../dialog/fields"

interface ShipDialogProps {
  readonly id: string
  readonly event: "ship" | "dispatch"
}

/** Hands goods to a carrier, or sends them out for delivery: all that is left, or a part. */
export function ShipDialog({ id, event }: ShipDialogProps) {
  const { row: order } = useRow(resources.orders, id)
  return order ? <ShipForm order={order} event={event} /> : null
}

function ShipForm({ order, event }: { order: Order; event: "ship" | "dispatch" }) {
  const t = useT()
  const open = (order.lines ?? []).filter((line) => leftOf(line) > 0)
  const [quantities, setQuantities] = useState<Readonly<Record<string, string>>>({})
  const [carrier, setCarrier] = useState("")
  const [tracking, setTracking] = useState("")

  const typedOf = (line: OrderLine) => quantities[line.id] ?? String(leftOf(line))
  const lines = open.map((line) => ({ line_id: line.id, quantity: wholeNumber(typedOf(line) || "0") }))
  const isWhole = lines.every(({ quantity }) => quantity !== undefined)
  const given = lines.flatMap(({ line_id, quantity }) => (quantity ? [{ line_id, quantity }] : []))
  const isPart = Object.keys(quantities).length > 0
  const call = () => {
    const body: ShipOrderBody = {
      lines: isPart ? given : undefined,
      carrier: carrier.trim() || undefined,
      tracking_numbers: tracking.split(/[\s,;]+/).filter(Boolean),
    }
    return { path: `orders/${order.id}/${event}`, body }
  }
  return (
    <ActionDialog
      size="full"
      title={t(`shipments.${event}Title`, { number: order.number ?? "" })}
      description={t("shipments.hint")}
      submitLabel={t(`events.${event}`)}
      ready={isWhole && given.length > 0}
      dirty={isPart || Boolean(carrier || tracking)}
      call={call}
    >
      <div className="shadow-elevation-card-rest bg-ui-bg-base overflow-hidden rounded-lg">
        <LineTable
          lines={open}
          lineKey={({ id }) => id}
          emptyText={t("shipments.nothingLeft")}
          columns={[
            { header: t("fields.sku"), cell: ({ sku }) => <Truncated text={sku} /> },
            { header: t("fields.item"), cell: ({ title }) => <Truncated text={title} /> },
            { header: t("fields.quantity"), align: "right", cell: ({ quantity }) => quantity },
            { header: t("shipments.left"), align: "right", cell: leftOf },
            {
              header: t("shipments.now"),
              cell: (line) => (
                <QuantityInput
                  label={t("lines.quantityOf", { sku: line.sku })}
                  max={leftOf(line)}
                  value={typedOf(line)}
                  onChange={(typed) => setQuantities({ ...quantities, [line.id]: typed })}
                />
              ),
            },
          ]}
        />
      </div>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <TextField
          name="carrier"
          label={t("fields.carrier")}
          optional
          value={carrier}
          onChange={setCarrier}
        />
        <TextField
          name="tracking_numbers"
          label={t("fields.tracking")}
          hint={t("shipments.trackingHint")}
          optional
          value={tracking}
          onChange={setTracking}
        />
      </div>
    </ActionDialog>
  )
}

function leftOf(line: OrderLine): number {
  return line.quantity - line.shipped_quantity
}
