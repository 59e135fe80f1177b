import { CountrySelect } from "@medusajs/dashboard/components"
import { useId } from "react"

import { useT } from "../../hooks/use-t"
import type { Address } from "../../lib/types/store"
import { FieldFrame, TextField } from "./fields"

export type AddressDraft = Record<
  "company" | "address_1" | "address_2" | "postal_code" | "city" | "province" | "country_code" | "phone",
  string
>

export function addressDraft(address: Partial<Address> | null | undefined): AddressDraft {
  const read = (name: keyof AddressDraft) => address?.[name] ?? ""
  return {
    company: read("company"),
    address_1: read("address_1"),
    address_2: read("address_2"),
    postal_code: read("postal_code"),
    city: read("city"),
    province: read("province"),
    country_code: read("country_code"),
    phone: read("phone"),
  }
}

/** The address as the API takes it; undefined while nothing is typed. */
export function addressOf(draft: AddressDraft): Address | undefined {
  const given = Object.entries(draft)
    .map(([name, value]) => [name, value.trim()] as const)
    .filter(([, value]) => value !== "")
  const { country_code, ...rest } = Object.fromEntries(given)
  return given.length === 0 ? undefined : { ...rest, country_code: country_code ?? "" }
}

interface AddressFieldsProps {
  /** The address' path in the request. */
  readonly name?: string
  readonly value: AddressDraft
  readonly onChange: (draft: AddressDraft) => void
  readonly withCompany?: boolean
}

export function AddressFields({ name, value, onChange, withCompany = true }: AddressFieldsProps) {
  const t = useT()
  const countryId = useId()
  const path = (field: string) => (name ? `${name}.${field}` : field)
  const text = (field: keyof AddressDraft) => ({
    name: path(field),
    label: t(`address.${field}`),
    value: value[field],
    onChange: (typed: string) => onChange({ ...value, [field]: typed }),
  })
  return (
    <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
      {withCompany && <TextField {...text("company")} optional />}
      <TextField {...text("address_1")} />
      <TextField {...text("address_2")} optional />
      <TextField {...text("postal_code")} />
      <TextField {...text("city")} />
      <TextField {...text("province")} optional />
      <FieldFrame id={countryId} name={path("country_code")} label={t("address.country_code")}>
        <CountrySelect
          id={countryId}
          value={value.country_code}
          onChange={(picked) => onChange({ ...value, country_code: picked ?? "" })}
        />
      </FieldFrame>
      <TextField {...text("phone")} optional />
    </div>
  )
}
