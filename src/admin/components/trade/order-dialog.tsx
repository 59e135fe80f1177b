import { useState } from "react"

import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { chargesOf, type ChargeDraft } from "../../lib/order-charges"
import { resources } from "../../lib/resources"
import type { Order } from "../../lib/types/orders"
import type { CreateOrderBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { Picker } from "../pickers/pickers"
import { ChargeFields } from "../pricing/charge-fields"
import { DeliveryFields, deliveryDraft, deliveryOf } from "./delivery-fields"
import { LineEntry, type DraftLine } from "./line-entry"
import { linesOf } from "./trade-lines"

/** Enters an order for an account, as on the telephone. */
export function OrderDialog() {
  const t = useT()
  const { store } = useWholesale()
  const [accountId, setAccountId] = useState("")
  const [delivery, setDelivery] = useState(() => deliveryDraft())
  const [lines, setLines] = useState<readonly DraftLine[]>([])
  const [charges, setCharges] = useState<readonly ChargeDraft[] | null>(null)
  const { row: account } = useRow(resources.accounts, accountId, { enabled: accountId !== "" })
  const ready = linesOf(lines)
  const agreed = charges === null ? undefined : chargesOf(charges)
  const call = () => {
    const body: CreateOrderBody = {
      ...deliveryOf(delivery),
      account_id: accountId,
      lines: ready ?? [],
      charges: agreed,
    }
    return { path: "orders", body }
  }
  return (
    <ActionDialog<{ order: Order }>
      size="full"
      title={t("orders.create")}
      description={t("orders.createHint")}
      submitLabel={t("orders.place")}
      ready={Boolean(accountId && ready && (charges === null || agreed))}
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
      <ChargeFields
        currencyCode={account?.currency_code ?? store.currency_code}
        value={charges}
        onChange={setCharges}
      />
    </ActionDialog>
  )
}
