import { useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useOrderSplit, useRoomFor } from "../../hooks/use-order-split"
import { useT } from "../../hooks/use-t"
import type { ApiError } from "../../lib/client"
import type { DecideOrderCreditBody } from "../../lib/types/requests"
import type { Order } from "../../lib/types/orders"
import { Notice } from "../common/notice"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, SwitchField, TextareaField } from "../dialog/fields"
import { SplitPreview } from "./split-preview"

type Decision = DecideOrderCreditBody["decision"]

/** Lets an order that waits for credit go on, as a whole or in part, or turns it down. */
export function DecideCreditDialog({ order, decision }: { order: Order; decision: Decision }) {
  const t = useT()
  const [reason, setReason] = useState("")
  const [amount, setAmount] = useState("")
  const [override, setOverride] = useState(false)
  const [refusedAmount, setRefusedAmount] = useState<string>()
  const given = reason.trim()
  const isPart = decision === "partial"
  const preview = useOrderSplit(order.id, isPart ? amount : "")
  const room = useRoomFor(order.id, { enabled: isPart })
  const isBeyond = isPart
    ? (preview.split?.is_beyond_hard_line ?? false)
    : decision === "approve" && (order.credit_holds ?? []).some(({ kind }) => kind === "hard")
  const needsOverride = isBeyond || refusedAmount === amount
  const call = () => {
    const body: DecideOrderCreditBody = {
      decision,
      amount: isPart ? amount.trim() : undefined,
      override: needsOverride && override ? true : undefined,
      reason: given,
    }
    return { path: `orders/${order.id}/decide-credit`, body }
  }
  const remember = ({ code }: ApiError) => setRefusedAmount(code === "override_required" ? amount : undefined)
  const money = (value: number) => amountText(value, order.currency_code)
  const roomText = (value: number | undefined) =>
    value === undefined
      ? t("decisions.partial.amountHint")
      : value === 0
        ? t("decisions.partial.noRoom")
        : t("decisions.partial.room", { amount: money(value) })
  return (
    <ActionDialog
      title={t(`decisions.${decision}.title`, { number: order.number ?? "" })}
      description={t(`decisions.${decision}.hint`, { amount: money(order.total) })}
      submitLabel={t(`decisions.${decision}.submit`)}
      danger={decision === "decline" || (needsOverride && override)}
      ready={given !== "" && (!isPart || preview.split !== undefined) && (!needsOverride || override)}
      dirty={given !== "" || amount !== ""}
      call={call}
      onRefused={remember}
    >
      {isPart && (
        <>
          <AmountField
            name="amount"
            label={t("decisions.partial.amount")}
            hint={roomText(room)}
            currencyCode={order.currency_code}
            value={amount}
            onChange={setAmount}
            autoFocus
          />
          <SplitPreview preview={preview} order={order} />
        </>
      )}
      <TextareaField
        name="reason"
        label={t("fields.reason")}
        hint={t(`decisions.${decision}.reasonHint`)}
        value={reason}
        onChange={setReason}
      />
      {needsOverride && (
        <>
          <Notice variant="warning" title={t("decisions.override.title")} text={t("decisions.override.text")} />
          <SwitchField
            name="override"
            label={t("decisions.override.label")}
            hint={t("decisions.override.hint")}
            value={override}
            onChange={setOverride}
          />
        </>
      )}
    </ActionDialog>
  )
}
