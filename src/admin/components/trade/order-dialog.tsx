import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Order } from "../../lib/types/orders"
import type { CreateOrderBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { Picker } from "../pickers/pickers"
import { DeliveryFields, deliveryDraft, deliveryOf } from "./delivery-fields"
import { LineEntry, type DraftLine } from "./line-entry"
import { linesOf } from "./trade-lines"

/** Enters an order for an account, as on the telephone. */
export function OrderDialog() {
  const t = useT()
  const [accountId, setAccountId] = useState("")
  const [delivery, setDelivery] = useState(() => deliveryDraft())
  const [lines, setLines] = useState<readonly DraftLine[]>([])
  const ready = linesOf(lines)
  const call = () => {
    const body: CreateOrderBody = {
      ...deliveryOf(delivery),
      account_id: accountId,
      lines: ready ?? [],
    }
    return { path: "orders", body }
  }
  return (
    <ActionDialog<{ order: Order }>
      size="full"
      title={t("orders.create")}
      description={t("orders.createHint")}
      submitLabel={t("orders.place")}
      ready={Boolean(accountId && ready)}
      dirty={lines.length > 0 || accountId !== ""}
      call={call}
      next={({ order }) => `/wholesale/orders/${order.id}`}
    >
      <Picker
        source="accounts"
        name="account_id"
        label={t("fields.account")}
        value={accountId}
        onChange={setAccountId}
      />
      <LineEntry catalog={resources.catalogItems} lines={lines} onChange={setLines} />
      <DeliveryFields value={delivery} onChange={setDelivery} />
    </ActionDialog>
  )
}
