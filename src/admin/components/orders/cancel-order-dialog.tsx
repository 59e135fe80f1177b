import { useState } from "react"

import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { OrderStatus } from "../../lib/types/orders"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField, TextareaField } from "../dialog/fields"

/** Once goods have left, whoever cancels must say whether they came back. */
const GOODS_HAVE_LEFT: readonly OrderStatus[] = ["shipped", "out_for_delivery", "delivered", "picked_up"]

export function CancelOrderDialog({ id }: { id: string }) {
  const t = useT()
  const { row: order } = useRow(resources.orders, id)
  const [reason, setReason] = useState("")
  const [returned, setReturned] = useState<"yes" | "no" | "">("")
  const hasLeft =
    order !== undefined &&
    (GOODS_HAVE_LEFT.includes(order.status) || Boolean(order.shipments?.length))
  const given = reason.trim()
  return (
    <ActionDialog
      title={t("orders.cancelTitle", { number: order?.number ?? "" })}
      description={t("eventHints.cancel")}
      submitLabel={t("events.cancel")}
      danger
      ready={given !== "" && (!hasLeft || returned !== "")}
      dirty={given !== ""}
      call={() => ({
        path: `orders/${id}/cancel`,
        body: { reason: given, goods_returned: hasLeft ? returned === "yes" : undefined },
      })}
    >
      <TextareaField name="reason" label={t("fields.reason")} value={reason} onChange={setReason} />
      {hasLeft && (
        <SelectField
          name="goods_returned"
          label={t("fields.goodsReturned")}
          hint={t("orders.goodsReturnedHint")}
          value={returned}
          onChange={setReturned}
          placeholder={t("orders.goodsReturnedChoose")}
          choices={[
            { value: "yes", label: t("orders.goodsReturnedYes") },
            { value: "no", label: t("orders.goodsReturnedNo") },
          ]}
        />
      )}
    </ActionDialog>
  )
}
