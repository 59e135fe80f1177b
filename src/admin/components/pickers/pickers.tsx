import { Combobox } from "@medusajs/dashboard/components"
import { useComboboxData } from "@medusajs/dashboard/hooks"
import { useId } from "react"

import { useStoreId } from "../../hooks/use-store-id"
import { useT } from "../../hooks/use-t"
import { request, sdk } from "../../lib/client"
import { queryKeys } from "../../lib/query-keys"
import type { Account } from "../../lib/types/accounts"
import type { CreditGroup } from "../../lib/types/credit"
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
  currency_code?: string
}

/** How rows are searched and named in a picker: those of core, and the store's accounts. */
const SOURCES = {
  accounts: async ({ id, ...query }: ListQuery): Promise<ListPage> => {
    if (id) {
      const { account } = await request<{ account: Account }>({ path: `accounts/${id}` })
      return { choices: [accountChoice(account)], count: 1, offset: 0, limit: 1 }
    }
    const { accounts, ...page } = await request<{ accounts: Account[]; count: number; offset: number; limit: number }>({
      path: "accounts",
      query: { ...query, status: "active", order: "company_name" },
    })
    return { ...page, choices: accounts.map(accountChoice) }
  },
  creditGroups: async ({ id, ...query }: ListQuery): Promise<ListPage> => {
    if (id) {
      const { credit_group } = await request<{ credit_group: CreditGroup }>({ path: `credit-groups/${id}` })
      return { choices: [{ value: id, label: credit_group.name }], count: 1, offset: 0, limit: 1 }
    }
    const { credit_groups, ...page } = await request<{
      credit_groups: CreditGroup[]
      count: number
      offset: number
      limit: number
    }>({ path: "credit-groups", query: { ...query } })
    return { ...page, choices: credit_groups.map(({ id: value, name }) => ({ value, label: name })) }
  },
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

function accountChoice({ id, company_name, number }: Account): Choice {
  return { value: id, label: [company_name, number && `(${number})`].filter(Boolean).join(" ") }
}

export type PickerSource = keyof typeof SOURCES

interface PickerBoxProps {
  readonly source: PickerSource
  readonly value: string
  readonly onChange: (id: string) => void
  readonly label?: string
  readonly id?: string
  /** Members of the query besides what is typed. */
  readonly query?: Pick<ListQuery, "currency_code">
}

/** Searches on the server and picks one. */
export function PickerBox({ source, value, onChange, label, id, query = {} }: PickerBoxProps) {
  const storeId = useStoreId()
  const data = useComboboxData<ListPage, ListQuery>({
    queryKey: [...queryKeys.choices(storeId, source), query],
    queryFn: (asked) => SOURCES[source]({ ...query, ...asked }),
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

interface PickerProps extends Omit<PickerBoxProps, "id"> {
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
}

export function Picker({ name, label, hint, optional, ...combobox }: PickerProps) {
  const id = useId()
  return (
    <FieldFrame id={id} name={name} label={label} hint={hint} optional={optional}>
      <PickerBox id={id} {...combobox} label={label} />
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
  const storeId = useStoreId()
  const data = useComboboxData<ListPage, ListQuery>({
    queryKey: queryKeys.choices(storeId, "stockLocations"),
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
