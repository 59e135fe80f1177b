import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { StoreMode } from "../../lib/types/store"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField, TextField } from "../dialog/fields"

export const STORE_MODES: readonly StoreMode[] = ["distributor", "retailer", "both"]

/** Adds a store to the platform; for platform admins. Acting for it takes a membership besides. */
export function CreateStoreDialog() {
  const t = useT()
  const [name, setName] = useState("")
  const [mode, setMode] = useState<StoreMode | "">("distributor")
  const [currency, setCurrency] = useState("")
  return (
    <ActionDialog
      title={t("stores.create")}
      submitLabel={t("stores.create")}
      ready={Boolean(name.trim() && mode && currency.trim())}
      dirty={Boolean(name || currency)}
      call={() => ({
        path: "stores",
        body: { name: name.trim(), mode, currency_code: currency.trim() },
      })}
    >
      <TextField name="name" label={t("fields.name")} value={name} onChange={setName} autoFocus />
      <SelectField
        name="mode"
        label={t("fields.mode")}
        value={mode}
        onChange={setMode}
        choices={STORE_MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
      />
      <TextField
        name="currency_code"
        label={t("fields.currency")}
        hint={t("stores.currencyHint")}
        value={currency}
        onChange={setCurrency}
      />
    </ActionDialog>
  )
}
