import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { levelsBody } from "../../lib/dunning"
import { wholeNumber } from "../../lib/quick-lines"
import type { DunningLevel } from "../../lib/types/receivables"
import { written } from "../credit/limit-fields"
import { ActionDialog } from "../dialog/action-dialog"
import { AmountField, TextareaField, TextField } from "../dialog/fields"

interface DunningLevelDialogProps {
  readonly levels: readonly DunningLevel[]
  /** The one that is changed; left out, one is added. */
  readonly level?: DunningLevel
}

/** Adds a level of reminders, or changes one. They stand in the order of their days. */
export function DunningLevelDialog({ levels, level }: DunningLevelDialogProps) {
  const t = useT()
  const { store } = useWholesale()
  const [days, setDays] = useState(written(level?.days_late))
  const [fee, setFee] = useState(written(level?.fee))
  const [interest, setInterest] = useState(written(level?.interest_percent))
  const [reason, setReason] = useState("")
  const days_late = wholeNumber(days) ?? 0
  const others = levels.filter((each) => each.level !== level?.level)
  const isTaken = others.some((each) => each.days_late === days_late)
  return (
    <ActionDialog
      title={t(level ? "dunning.edit" : "dunning.add")}
      description={t("dunning.text")}
      submitLabel={t("actions.save")}
      ready={days_late > 0 && !isTaken}
      dirty={reason !== "" || days !== written(level?.days_late)}
      call={() => ({
        path: "dunning-levels",
        body: levelsBody(
          [...others, { days_late, fee: fee.trim() || null, interest_percent: interest.trim() || null }],
          reason.trim() || undefined
        ),
      })}
    >
      <TextField
        name="days_late"
        type="number"
        min={1}
        label={t("dunning.daysLate")}
        hint={isTaken ? t("dunning.taken") : undefined}
        suffix={t("fields.days")}
        value={days}
        onChange={setDays}
        autoFocus
      />
      <AmountField
        name="fee"
        label={t("dunning.fee")}
        hint={t("dunning.feeHint")}
        optional
        currencyCode={store.currency_code}
        value={fee}
        onChange={setFee}
      />
      <TextField
        name="interest_percent"
        label={t("dunning.interest")}
        hint={t("dunning.interestHint")}
        optional
        suffix="%"
        value={interest}
        onChange={(typed) => setInterest(typed.replace(",", "."))}
      />
      <TextareaField name="reason" label={t("fields.reason")} optional value={reason} onChange={setReason} />
    </ActionDialog>
  )
}
