import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { wholeNumber } from "../../lib/quick-lines"
import { resources } from "../../lib/resources"
import type { Order } from "../../lib/types/orders"
import type { EditOrderBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { TextField } from "../dialog/fields"
import { LineEntry, type DraftLine } from "../trade/line-entry"

/** Other quantities, fewer lines, more goods; what the order has keeps its price. */
export function EditOrderDialog({ order }: { order: Order }) {
  const t = useT()
  const [lines, setLines] = useState<readonly DraftLine[]>(() => linesOf(order))
  const [reason, setReason] = useState("")
  const [dirty, setDirty] = useState(false)
  const asked = askedLines(lines)
  const call = () => {
    const body: EditOrderBody = { lines: asked ?? [], reason: reason.trim() || undefined }
    return { path: `orders/${order.id}/edit`, body }
  }
  return (
    <ActionDialog<{ order: Order }>
      size="full"
      title={t("orders.editTitle", { number: order.number })}
      description={t("orders.editHint")}
      submitLabel={t("actions.save")}
      ready={dirty && asked !== undefined}
      dirty={dirty}
      call={call}
      next={({ order: { id } }) => `/wholesale/orders/${id}`}
    >
      <LineEntry
        catalog={resources.catalogItems}
        lines={lines}
        onChange={(changed) => {
          setDirty(true)
          setLines(changed)
        }}
      />
      <TextField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
    </ActionDialog>
  )
}

function linesOf({ lines = [], currency_code }: Order): DraftLine[] {
  return lines.map(({ id, sku, title, quantity, unit_price }) => ({
    line_id: id,
    sku,
    quantity: String(quantity),
    item: { sku, title, currency_code, price: unit_price, minimum_quantity: 1, order_multiple: 1 },
  }))
}

/** Undefined while one of them has no quantity. */
function askedLines(lines: readonly DraftLine[]): EditOrderBody["lines"] | undefined {
  const read = lines.flatMap(({ line_id, sku, quantity: typed }) => {
    const quantity = wholeNumber(typed)
    return quantity ? [line_id ? { line_id, quantity } : { sku, quantity }] : []
  })
  return read.length > 0 && read.length === lines.length ? read : undefined
}
