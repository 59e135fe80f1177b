import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { UpdateStoreBody } from "../../lib/types/requests"
import type { StoreMode } from "../../lib/types/store"
import { ActionDialog } from "../dialog/action-dialog"
import { addressDraft, AddressFields, addressOf } from "../dialog/address-fields"
import { SelectField, TextField } from "../dialog/fields"
import { Picker, StockLocationsPicker } from "../pickers/pickers"
import { STORE_MODES } from "../store/create-store-dialog"

/** Changes what partners learn of the store, and where its goods are. */
export function StoreDialog() {
  const t = useT()
  const { store } = useWholesale()
  const [name, setName] = useState(store.name)
  const [mode, setMode] = useState<StoreMode | "">(store.mode)
  const [email, setEmail] = useState(store.email ?? "")
  const [creditManager, setCreditManager] = useState(store.credit_manager_email ?? "")
  const [phone, setPhone] = useState(store.phone ?? "")
  const [taxNumber, setTaxNumber] = useState(store.tax_number ?? "")
  const [address, setAddress] = useState(() => addressDraft(store.address))
  const [locations, setLocations] = useState(store.stock_location_ids)
  const [channel, setChannel] = useState(store.sales_channel_id ?? "")
  const call = () => {
    const body: UpdateStoreBody = {
      name: name.trim(),
      mode: mode || undefined,
      email: email.trim() || null,
      credit_manager_email: creditManager.trim() || null,
      phone: phone.trim() || null,
      tax_number: taxNumber.trim() || null,
      address: addressOf(address) ?? null,
      stock_location_ids: locations,
      sales_channel_id: channel || null,
    }
    return { path: `stores/${store.id}`, body }
  }
  return (
    <ActionDialog
      title={t("settings.store")}
      submitLabel={t("actions.save")}
      ready={name.trim() !== ""}
      call={call}
    >
      <TextField name="name" label={t("fields.name")} value={name} onChange={setName} autoFocus />
      <SelectField
        name="mode"
        label={t("fields.mode")}
        value={mode}
        onChange={setMode}
        choices={STORE_MODES.map((value) => ({ value, label: t(`modes.${value}`) }))}
      />
      <TextField name="email" label={t("fields.email")} optional value={email} onChange={setEmail} />
      <TextField
        name="credit_manager_email"
        label={t("fields.creditManager")}
        hint={t("settings.creditManagerHint")}
        optional
        value={creditManager}
        onChange={setCreditManager}
      />
      <TextField name="phone" label={t("fields.phone")} optional value={phone} onChange={setPhone} />
      <TextField
        name="tax_number"
        label={t("fields.taxNumber")}
        optional
        value={taxNumber}
        onChange={setTaxNumber}
      />
      <AddressFields name="address" value={address} onChange={setAddress} />
      <StockLocationsPicker value={locations} onChange={setLocations} />
      <Picker
        source="salesChannels"
        name="sales_channel_id"
        label={t("fields.portalChannel")}
        hint={t("settings.portalChannelHint")}
        optional
        value={channel}
        onChange={setChannel}
      />
    </ActionDialog>
  )
}
