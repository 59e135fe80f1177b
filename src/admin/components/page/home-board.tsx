import { Container, Heading, Skeleton, Text } from "@medusajs/ui"
import { useQuery } from "@tanstack/react-query"
import { Link } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { request, type ApiError } from "../../lib/client"
import { queryKeys } from "../../lib/query-keys"
import type { Summary } from "../../lib/types/store"
import { ErrorNotice } from "../common/error-notice"
import { Notice } from "../common/notice"
import { FirstRun } from "./first-run"

const REFRESH_EVERY_MS = 30_000

interface Tile {
  readonly name: keyof Summary
  readonly to: string
}

/** The list at this path, of the rows in these states: those that the tile has counted. */
const inStatus = (path: string, ...statuses: readonly string[]) =>
  `/wholesale/${path}?status=${encodeURIComponent(JSON.stringify(statuses))}`

const CONNECTION_TILES: readonly Tile[] = [
  { name: "connections_requested", to: "/wholesale/connections?status=requested" },
]
const SALES_TILES: readonly Tile[] = [
  { name: "orders_pending", to: `${inStatus("orders", "pending")}&held=false` },
  { name: "orders_held", to: "/wholesale/orders?held=true" },
  { name: "orders_to_pack", to: inStatus("orders", "approved", "packing") },
  { name: "orders_to_ship", to: inStatus("orders", "packed") },
  { name: "cancel_requests", to: "/wholesale/orders?cancel_requested=true" },
  { name: "invoices_open", to: inStatus("invoices", "issued", "partially_paid") },
  { name: "invoices_overdue", to: "/wholesale/invoices?overdue=true" },
]
const PURCHASE_TILES: readonly Tile[] = [
  { name: "purchase_orders_placed", to: inStatus("purchase-orders", "placed") },
  { name: "purchase_orders_to_receive", to: inStatus("purchase-orders", "accepted", "receiving") },
  { name: "unmapped_lines", to: "/wholesale/suppliers" },
  { name: "bills_open", to: inStatus("bills", "issued", "partially_paid") },
]

/** What waits for the user, each with the way to it. */
export function HomeBoard() {
  const t = useT()
  const wholesale = useWholesale()
  const { store, access } = wholesale
  const { data, error } = useQuery<{ summary: Summary }, ApiError>({
    queryKey: queryKeys.summary(store.id),
    queryFn: ({ signal }) => request({ path: "summary", signal }),
    staleTime: 0,
    refetchInterval: REFRESH_EVERY_MS,
  })
  const summary = data?.summary
  const connects = access.isOn("retailer_connections")
  const sells = access.sells && (connects || access.isOn("wholesale_portal"))
  const buys = access.buys && access.isOn("distributor_ordering")

  return (
    <>
      {!access.anyFlagOn && <FirstRun context={wholesale} />}
      {error && <ErrorNotice error={error} />}
      {!summary && !error && <Skeleton className="h-32 w-full rounded-lg" />}
      {summary && summary.book_differences > 0 && (
        <Notice
          variant="error"
          text={t("home.booksDiffer")}
          action={
            <Link to="/wholesale/settings" className="text-ui-fg-interactive txt-small">
              {t("home.seeBooks")}
            </Link>
          }
        />
      )}
      {summary && connects && access.sells && (
        <Board title={t("home.connections")} tiles={CONNECTION_TILES} summary={summary} />
      )}
      {summary && sells && (
        <Board
          title={t("home.selling")}
          tiles={SALES_TILES}
          summary={summary}
          note={t("home.outstanding", {
            amount: amountText(summary.outstanding, summary.currency_code),
          })}
        />
      )}
      {summary && buys && <Board title={t("home.buying")} tiles={PURCHASE_TILES} summary={summary} />}
    </>
  )
}

interface BoardProps {
  readonly title: string
  readonly tiles: readonly Tile[]
  readonly summary: Summary
  readonly note?: string
}

function Board({ title, tiles, summary, note }: BoardProps) {
  const t = useT()
  return (
    <Container className="flex flex-col gap-y-4">
      <div className="flex items-baseline justify-between gap-x-4">
        <Heading level="h2">{title}</Heading>
        {note && (
          <Text size="small" className="text-ui-fg-subtle">
            {note}
          </Text>
        )}
      </div>
      <div className="grid grid-cols-2 gap-3 md:grid-cols-4 xl:grid-cols-7">
        {tiles.map(({ name, to }) => (
          <Link
            key={name}
            to={to}
            className="bg-ui-bg-component shadow-elevation-card-rest hover:bg-ui-bg-component-hover transition-fg focus-visible:shadow-borders-focus flex flex-col justify-between gap-y-2 rounded-lg p-4 outline-none"
          >
            <Text size="small" leading="compact" className="text-ui-fg-subtle">
              {t(`home.tiles.${name}`)}
            </Text>
            <Text size="xlarge" weight="plus" className="tabular-nums">
              {summary[name]}
            </Text>
          </Link>
        ))}
      </div>
    </Container>
  )
}
