import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { calendarDayOf } from "../../lib/calendar-day"
import type { Account, TaxExemption } from "../../lib/types/accounts"
import { ActionDialog } from "../dialog/action-dialog"
import { DateField, SelectField, TextField } from "../dialog/fields"

const CATEGORIES: readonly TaxExemption["category"][] = ["E", "AE", "K", "G", "O"]
const EVERYWHERE = "everywhere"

/** Adds the certificate by which an account, or one of its locations, is not charged tax. */
export function TaxExemptionDialog({ account }: { account: Account }) {
  const t = useT()
  const [category, setCategory] = useState<TaxExemption["category"] | "">("E")
  const [certificate, setCertificate] = useState("")
  const [reason, setReason] = useState("")
  const [place, setPlace] = useState(EVERYWHERE)
  const [from, setFrom] = useState<Date | null>(null)
  const [until, setUntil] = useState<Date | null>(null)
  return (
    <ActionDialog
      title={t("taxExemptions.add")}
      description={t("taxExemptions.hint")}
      submitLabel={t("actions.add")}
      ready={category !== "" && certificate.trim() !== "" && reason.trim() !== ""}
      dirty={certificate !== "" || reason !== ""}
      call={() => ({
        path: `accounts/${account.id}/tax-exemptions`,
        body: {
          category,
          certificate_number: certificate.trim(),
          reason: reason.trim(),
          location_id: place === EVERYWHERE ? null : place,
          valid_from: calendarDayOf(from),
          expires_on: calendarDayOf(until),
        },
      })}
    >
      <SelectField
        name="category"
        label={t("taxExemptions.category")}
        value={category}
        onChange={setCategory}
        choices={CATEGORIES.map((value) => ({ value, label: t(`taxExemptions.categories.${value}`) }))}
      />
      <TextField
        name="certificate_number"
        label={t("taxExemptions.certificate")}
        value={certificate}
        onChange={setCertificate}
        autoFocus
      />
      <TextField
        name="reason"
        label={t("taxExemptions.reason")}
        hint={t("taxExemptions.reasonHint")}
        value={reason}
        onChange={setReason}
      />
      <SelectField
        name="location_id"
        label={t("taxExemptions.location")}
        value={place}
        onChange={(picked) => setPlace(picked || EVERYWHERE)}
        choices={[
          { value: EVERYWHERE, label: t("taxExemptions.everywhere") },
          ...(account.locations ?? []).map(({ id, name }) => ({ value: id, label: name })),
        ]}
      />
      <DateField name="valid_from" label={t("taxExemptions.validFrom")} optional value={from} onChange={setFrom} />
      <DateField name="expires_on" label={t("taxExemptions.expiresOn")} optional value={until} onChange={setUntil} />
    </ActionDialog>
  )
}
