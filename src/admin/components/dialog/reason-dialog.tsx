import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { ActionDialog } from "./action-dialog"
import { TextareaField } from "./fields"

interface ReasonDialogProps {
  /** The event as the API spells it, such as `refuse_cancel_request`. */
  readonly event: string
  /** The document in the API, such as `orders/whord_1`. */
  readonly path: string
  readonly optional?: boolean
  readonly danger?: boolean
}

/** Asks why, then lets the event happen. */
export function ReasonDialog({ event, path, optional = false, danger = true }: ReasonDialogProps) {
  const t = useT()
  const [reason, setReason] = useState("")
  const given = reason.trim()
  return (
    <ActionDialog
      title={t(`events.${event}`)}
      description={t(`eventHints.${event}`, { defaultValue: "" })}
      submitLabel={t(`events.${event}`)}
      danger={danger}
      ready={optional || given !== ""}
      dirty={given !== ""}
      call={() => ({
        path: `${path}/${event.replaceAll("_", "-")}`,
        body: given ? { reason: given } : {},
      })}
    >
      <TextareaField
        name="reason"
        label={t("fields.reason")}
        optional={optional}
        value={reason}
        onChange={setReason}
      />
    </ActionDialog>
  )
}
