import { useState } from "react"

import { useRelay } from "../../hooks/use-relay"
import { useT } from "../../hooks/use-t"
import type { SetRelayBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { TextField } from "../dialog/fields"

/** Sets the relay that partners elsewhere are reached by. */
export function RelayDialog() {
  const t = useT()
  const { state } = useRelay()
  const [typed, setTyped] = useState<string>()
  const address = typed ?? state?.relay?.relay_url ?? ""
  const call = () => {
    const body: SetRelayBody = { relay_url: address.trim() }
    return { path: "relay", body }
  }
  return (
    <ActionDialog
      title={t("relay.setAddress")}
      description={t("relay.setAddressHint")}
      submitLabel={t("actions.save")}
      ready={address.trim() !== ""}
      dirty={typed !== undefined && typed !== (state?.relay?.relay_url ?? "")}
      call={call}
    >
      <TextField
        name="relay_url"
        label={t("fields.address")}
        placeholder="https://relay.example.com"
        hint={t(state?.relay ? "relay.changeHint" : "relay.firstHint")}
        value={address}
        onChange={setTyped}
        autoFocus
      />
    </ActionDialog>
  )
}
