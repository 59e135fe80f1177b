import { useT } from "../../hooks/use-t"
import type { Address, FulfilmentMethod } from "../../lib/types/store"
import { addressDraft, AddressFields, addressOf, type AddressDraft } from "../dialog/address-fields"
import { DateField, SelectField, TextareaField, TextField } from "../dialog/fields"

export const FULFILMENT_METHODS: readonly FulfilmentMethod[] = [
  "shipping",
  "local_delivery",
  "pickup",
  "in_store",
]

/** How the goods get to the buyer, as typed. */
export interface DeliveryDraft {
  readonly method: FulfilmentMethod
  readonly shipTo: AddressDraft
  readonly pickupPlace: string
  readonly pickupAt: Date | null
  readonly note: string
}

interface Delivered {
  readonly fulfilment_method: FulfilmentMethod
  readonly ship_to: Address | null
  readonly pickup_place: string | null
  readonly pickup_at: string | null
  readonly note: string | null
}

export function deliveryDraft(document?: Partial<Delivered>, home?: Address | null): DeliveryDraft {
  return {
    method: document?.fulfilment_method ?? "shipping",
    shipTo: addressDraft(document?.ship_to ?? home),
    pickupPlace: document?.pickup_place ?? "",
    pickupAt: document?.pickup_at ? new Date(document.pickup_at) : null,
    note: document?.note ?? "",
  }
}

/** What the API takes of a delivery: only what belongs to its method. */
export function deliveryOf(draft: DeliveryDraft) {
  const { method, pickupPlace, pickupAt, note } = draft
  const isFetched = method === "pickup" || method === "in_store"
  const appointment = {
    place: pickupPlace.trim() || undefined,
    at: pickupAt?.toISOString(),
  }
  return {
    fulfilment_method: method,
    ship_to: addressOf(draft.shipTo),
    pickup: isFetched && (appointment.place || appointment.at) ? appointment : undefined,
    note: note.trim() || undefined,
  }
}

interface DeliveryFieldsProps {
  readonly value: DeliveryDraft
  readonly onChange: (draft: DeliveryDraft) => void
}

export function DeliveryFields({ value, onChange }: DeliveryFieldsProps) {
  const t = useT()
  const isFetched = value.method === "pickup" || value.method === "in_store"
  return (
    <div className="flex flex-col gap-y-4">
      <SelectField
        name="fulfilment_method"
        label={t("fields.fulfilmentMethod")}
        value={value.method}
        onChange={(method) => method && onChange({ ...value, method })}
        choices={FULFILMENT_METHODS.map((method) => ({ value: method, label: t(`methods.${method}`) }))}
      />
      {isFetched ? (
        <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
          <TextField
            name="pickup.place"
            label={t("fields.pickupPlace")}
            optional
            value={value.pickupPlace}
            onChange={(pickupPlace) => onChange({ ...value, pickupPlace })}
          />
          <DateField
            name="pickup.at"
            label={t("fields.pickupAt")}
            optional
            granularity="minute"
            value={value.pickupAt}
            onChange={(pickupAt) => onChange({ ...value, pickupAt })}
          />
        </div>
      ) : (
        <AddressFields
          name="ship_to"
          value={value.shipTo}
          onChange={(shipTo) => onChange({ ...value, shipTo })}
        />
      )}
      <TextareaField
        name="note"
        label={t("fields.note")}
        optional
        rows={2}
        value={value.note}
        onChange={(note) => onChange({ ...value, note })}
      />
    </div>
  )
}
