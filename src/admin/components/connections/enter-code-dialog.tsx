import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useTransportChoice } from "../../hooks/use-transport-choice"
import type { Connection } from "../../lib/types/connections"
import type { RequestConnectionBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { TextField } from "../dialog/fields"
import { TransportField } from "./transport-field"

/** Asks a distributor for a connection with the code they told. */
export function EnterCodeDialog() {
  const t = useT()
  const [code, setCode] = useState("")
  const choice = useTransportChoice()
  const { transport, isKnown } = choice
  const call = () => {
    const body: RequestConnectionBody = { code: code.trim(), transport }
    return { path: "connections", body }
  }
  return (
    <ActionDialog<{ connection: Connection }>
      title={t("connections.enterCode")}
      description={t("connections.enterHint")}
      submitLabel={t("connections.request")}
      ready={isKnown && code.trim().length >= 6}
      call={call}
      waiting={transport === "relay" ? t("connections.pairing") : undefined}
      next={({ connection }) => `/wholesale/connections/${connection.id}`}
    >
      <TextField
        name="code"
        label={t("fields.code")}
        placeholder="NN-SSSS"
        value={code}
        onChange={(typed) => setCode(typed.toUpperCase())}
        autoFocus
      />
      <TransportField choice={choice} />
    </ActionDialog>
  )
}
