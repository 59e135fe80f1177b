import { Combobox } from "@medusajs/dashboard/components"
import { useComboboxData } from "@medusajs/dashboard/hooks"
import { useId } from "react"

import { useT } from "../../hooks/use-t"
import { sdk } from "../../lib/client"
import { queryKeys } from "../../lib/query-keys"
import { FieldFrame } from "../dialog/fields"

interface Choice {
  readonly value: string
  readonly label: string
}

interface ListPage {
  readonly choices: Choice[]
  readonly count: number
  readonly offset: number
  readonly limit: number
}

interface ListQuery {
  id?: string
  q?: string
  offset?: number
  limit?: number
}

/** How rows of core are searched and named in a picker. */
const SOURCES = {
  variants: async (query: ListQuery): Promise<ListPage> => {
    const { variants, ...page } = await sdk.admin.productVariant.list({
      ...query,
      fields: "id,title,sku,product.title",
    })
    return {
      ...page,
      choices: variants.map(({ id, title, sku, product }) => ({
        value: id,
        label: [product?.title, title, sku && `(${sku})`].filter(Boolean).join(" "),
      })),
    }
  },
  customers: async (query: ListQuery): Promise<ListPage> => {
    const { customers, ...page } = await sdk.admin.customer.list({ ...query, fields: "id,email,company_name" })
    return {
      ...page,
      choices: customers.map(({ id, email, company_name }) => ({
        value: id,
        label: [email, company_name && `(${company_name})`].filter(Boolean).join(" "),
      })),
    }
  },
  users: async (query: ListQuery): Promise<ListPage> => {
    const { users, ...page } = await sdk.admin.user.list({ ...query, fields: "id,email" })
    return { ...page, choices: users.map(({ id, email }) => ({ value: id, label: email })) }
  },
  apiKeys: async (query: ListQuery): Promise<ListPage> => {
    const { api_keys, ...page } = await sdk.admin.apiKey.list({ ...query, type: "secret", fields: "id,title,redacted" })
    return {
      ...page,
      choices: api_keys.map(({ id, title, redacted }) => ({ value: id, label: `${title} (${redacted})` })),
    }
  },
  stockLocations: async (query: ListQuery): Promise<ListPage> => {
    const { stock_locations, ...page } = await sdk.admin.stockLocation.list({ ...query, fields: "id,name" })
    return { ...page, choices: stock_locations.map(({ id, name }) => ({ value: id, label: name })) }
  },
  salesChannels: async (query: ListQuery): Promise<ListPage> => {
    const { sales_channels, ...page } = await sdk.admin.salesChannel.list({ ...query, fields: "id,name" })
    return { ...page, choices: sales_channels.map(({ id, name }) => ({ value: id, label: name })) }
  },
} as const

export type CoreSource = keyof typeof SOURCES

interface CoreComboboxProps {
  readonly source: CoreSource
  readonly value: string
  readonly onChange: (id: string) => void
  readonly label?: string
  readonly id?: string
}

/** Searches rows of core on the server and picks one. */
export function CoreCombobox({ source, value, onChange, label, id }: CoreComboboxProps) {
  const data = useComboboxData<ListPage, ListQuery>({
    queryKey: queryKeys.core(source),
    queryFn: SOURCES[source],
    getOptions: ({ choices }) => choices,
    selectedValue: value || undefined,
  })
  return (
    <Combobox
      id={id}
      aria-label={label}
      value={value}
      onChange={(picked) => onChange(picked ?? "")}
      options={data.options}
      searchValue={data.searchValue}
      onSearchValueChange={data.onSearchValueChange}
      fetchNextPage={data.fetchNextPage}
      isFetchingNextPage={data.isFetchingNextPage}
      allowClear
    />
  )
}

interface CorePickerProps extends Omit<CoreComboboxProps, "id"> {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
}

export function CorePicker({ name, label, hint, optional, ...combobox }: CorePickerProps) {
  const id = useId()
  return (
    <FieldFrame id={id} name={name} label={label} hint={hint} optional={optional}>
      <CoreCombobox id={id} {...combobox} label={label} />
    </FieldFrame>
  )
}

/** Picks several stock locations; their order is the order in which stock is taken. */
export function StockLocationsPicker(props: {
  readonly value: string[]
  readonly onChange: (ids: string[]) => void
}) {
  const t = useT()
  const id = useId()
  const data = useComboboxData<ListPage, ListQuery>({
    queryKey: queryKeys.core("stockLocations"),
    queryFn: SOURCES.stockLocations,
    getOptions: ({ choices }) => choices,
    defaultValue: props.value,
    pageSize: 50,
  })
  return (
    <FieldFrame
      id={id}
      name="stock_location_ids"
      label={t("fields.stockLocations")}
      hint={t("settings.stockLocationsHint")}
      optional
    >
      <Combobox<string[]>
        id={id}
        value={props.value}
        onChange={(picked) => props.onChange(picked ?? [])}
        options={data.options}
        searchValue={data.searchValue}
        onSearchValueChange={data.onSearchValueChange}
        displayMode="chips"
      />
    </FieldFrame>
  )
}
