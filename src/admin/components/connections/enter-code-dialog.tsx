import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { Connection } from "../../lib/types/connections"
import { ActionDialog } from "../dialog/action-dialog"
import { TextField } from "../dialog/fields"

/** Asks a distributor for a connection with the code they told. */
export function EnterCodeDialog() {
  const t = useT()
  const [code, setCode] = useState("")
  return (
    <ActionDialog<{ connection: Connection }>
      title={t("connections.enterCode")}
      description={t("connections.enterHint")}
      submitLabel={t("connections.request")}
      ready={code.trim().length >= 6}
      call={() => ({ path: "connections", body: { code: code.trim() } })}
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
    </ActionDialog>
  )
}
