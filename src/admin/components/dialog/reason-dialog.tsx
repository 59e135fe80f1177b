import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { ActionDialog } from "./action-dialog"
import { TextareaField } from "./fields"

interface AskReasonDialogProps {
  readonly title: string
  readonly description: string
  readonly submitLabel: string
  readonly danger?: boolean
  readonly optional?: boolean
  /** Whether there is anything to be done. */
  readonly ready?: boolean
  /** Of the verb in the API. */
  readonly path: string
  /** What it is told besides the reason. */
  readonly body?: object
}

/** Asks why, and does it. */
export function AskReasonDialog(props: AskReasonDialogProps) {
  const { title, description, submitLabel, danger = true, optional = false, ready = true, path, body } = props
  const t = useT()
  const [reason, setReason] = useState("")
  const given = reason.trim()
  return (
    <ActionDialog
      title={title}
      description={description}
      submitLabel={submitLabel}
      danger={danger}
      ready={ready && (optional || given !== "")}
      dirty={given !== ""}
      call={() => ({ path, body: given ? { ...body, reason: given } : { ...body } })}
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

interface ReasonDialogProps extends Pick<AskReasonDialogProps, "danger" | "optional"> {
  /** The event as the API spells it, such as `refuse_cancel_request`. */
  readonly event: string
  /** The document in the API, such as `orders/whord_1`. */
  readonly path: string
}

/** Asks why, then lets the event happen. */
export function ReasonDialog({ event, path, ...options }: ReasonDialogProps) {
  const t = useT()
  return (
    <AskReasonDialog
      title={t(`events.${event}`)}
      description={t(`eventHints.${event}`, { defaultValue: "" })}
      submitLabel={t(`events.${event}`)}
      path={`${path}/${event.replaceAll("_", "-")}`}
      {...options}
    />
  )
}
