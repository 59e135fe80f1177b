import { useT } from "../../hooks/use-t"
import { AskReasonDialog } from "../dialog/reason-dialog"

interface PlaceHoldDialogProps {
  /** An order, or an account for all its orders to come. */
  readonly subject: { readonly order_id: string } | { readonly account_id: string }
  readonly name: string | null | undefined
}

/** Holds on a person's word, which is kept as the reason. */
export function PlaceHoldDialog({ subject, name }: PlaceHoldDialogProps) {
  const of = "order_id" in subject ? "order" : "account"
  return <HoldReasonDialog verb="place" of={of} name={name} path="credit-holds" body={subject} />
}

interface LiftHoldDialogProps {
  readonly holdId: string
  readonly of: "order" | "account"
  readonly name: string | null | undefined
}

/** Takes a person's hold away; what nothing else holds goes on. */
export function LiftHoldDialog({ holdId, of, name }: LiftHoldDialogProps) {
  return <HoldReasonDialog verb="lift" of={of} name={name} path={`credit-holds/${holdId}/lift`} />
}

interface HoldReasonDialogProps {
  readonly verb: "place" | "lift"
  readonly of: "order" | "account"
  readonly name: string | null | undefined
  readonly path: string
  readonly body?: object
}

function HoldReasonDialog({ verb, of, name, path, body }: HoldReasonDialogProps) {
  const t = useT()
  return (
    <AskReasonDialog
      title={t(`holds.${verb}.${of}`, { name: name ?? "" })}
      description={t(`holds.${verb}.${of}Hint`)}
      submitLabel={t(`holds.${verb}.submit`)}
      danger={verb === "place"}
      path={path}
      body={body}
    />
  )
}
