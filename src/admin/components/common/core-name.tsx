import { useQuery } from "@tanstack/react-query"

import { useT } from "../../hooks/use-t"
import { sdk } from "../../lib/client"
import { queryKeys } from "../../lib/query-keys"

type Kind = "user" | "customer" | "stock-location" | "sales-channel" | "variant" | "api-key"

const READERS: Readonly<Record<Kind, (id: string) => Promise<string | null | undefined>>> = {
  user: async (id) => (await sdk.admin.user.retrieve(id, { fields: "id,email" })).user.email,
  customer: async (id) => {
    const { customer } = await sdk.admin.customer.retrieve(id, { fields: "id,email,company_name" })
    return customer.email || customer.company_name
  },
  "stock-location": async (id) =>
    (await sdk.admin.stockLocation.retrieve(id, { fields: "id,name" })).stock_location.name,
  "sales-channel": async (id) =>
    (await sdk.admin.salesChannel.retrieve(id, { fields: "id,name" })).sales_channel.name,
  "api-key": async (id) => (await sdk.admin.apiKey.retrieve(id, { fields: "id,title" })).api_key.title,
  variant: async (id) => {
    const { variants } = await sdk.admin.productVariant.list({ id, fields: "id,title,sku,product.title" })
    const [variant] = variants
    return variant && [variant.product?.title, variant.title].filter(Boolean).join(" / ")
  },
}

/** The name behind an id of one of core's rows; the id itself where it cannot be read. */
export function CoreName({ kind, id }: { kind: Kind; id: string }) {
  const { data } = useQuery({
    queryKey: queryKeys.core(kind, { id }),
    queryFn: async () => (await READERS[kind](id)) ?? id,
    staleTime: 300_000,
    retry: false,
  })
  return (
    <span className="truncate" title={id}>
      {data ?? id}
    </span>
  )
}

/** Who did something: a person by their e-mail, the partner and the system by their word. */
export function ActorName({ type, id }: { type: string; id: string }) {
  const t = useT()
  return type === "user" || type === "customer" || type === "api-key" ? (
    <CoreName kind={type} id={id} />
  ) : (
    <span>{t(`actors.${type}`, { defaultValue: type })}</span>
  )
}
