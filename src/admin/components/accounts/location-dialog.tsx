import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { Location } from "../../lib/types/accounts"
import { ActionDialog } from "../dialog/action-dialog"
import { addressDraft, AddressFields, addressOf } from "../dialog/address-fields"
import { SwitchField, TextField } from "../dialog/fields"

interface LocationDialogProps {
  readonly accountId: string
  readonly location?: Location
}

/** Adds a place of an account, or changes one. */
export function LocationDialog({ accountId, location }: LocationDialogProps) {
  const t = useT()
  const [name, setName] = useState(location?.name ?? "")
  const [address, setAddress] = useState(() => addressDraft(location))
  const [shipping, setShipping] = useState(location?.is_default_shipping ?? true)
  const [billing, setBilling] = useState(location?.is_default_billing ?? true)
  const path = `accounts/${accountId}/locations`
  return (
    <ActionDialog
      title={t(location ? "accounts.editLocation" : "accounts.addLocation")}
      submitLabel={t("actions.save")}
      ready={Boolean(name.trim() && address.address_1.trim() && address.country_code)}
      dirty={name !== (location?.name ?? "")}
      call={() => ({
        path: location ? `${path}/${location.id}` : path,
        body: {
          name: name.trim(),
          ...addressOf(address),
          is_default_shipping: shipping,
          is_default_billing: billing,
        },
      })}
    >
      <TextField name="name" label={t("fields.name")} value={name} onChange={setName} autoFocus />
      <AddressFields value={address} onChange={setAddress} withCompany={false} />
      <SwitchField
        name="is_default_shipping"
        label={t("accounts.defaultShipping")}
        value={shipping}
        onChange={setShipping}
      />
      <SwitchField
        name="is_default_billing"
        label={t("accounts.defaultBilling")}
        value={billing}
        onChange={setBilling}
      />
    </ActionDialog>
  )
}
