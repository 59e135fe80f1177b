import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Tabs } from "@medusajs/ui"
import { useSearchParams } from "react-router-dom"

import { useT } from "../hooks/use-t"
import { useWholesaleContext } from "../hooks/use-wholesale-context"

const FILTER = "sales_channel_id"

/**
 * Above core's order list: all orders, or those that stand for paid wholesale invoices. The dashboard
 * puts widgets of a `before` zone below the page's own sections, so it asks for the first place itself.
 */
const OrderListSwitch = () => {
  const t = useT()
  const [search, setSearch] = useSearchParams()
  // The first paid invoice makes the channel, behind the back of what this page has read before.
  const { data: context } = useWholesaleContext({ refetchOnMount: "always" })
  const channelId = context?.store?.mirror_sales_channel_id
  if (!channelId) {
    return null
  }
  const change = (view: string) =>
    setSearch((current) => {
      const next = new URLSearchParams(current)
      next.delete("offset")
      if (view === "wholesale") {
        next.set(FILTER, channelId)
      } else {
        next.delete(FILTER)
      }
      return next
    })
  return (
    <Tabs
      className="order-first"
      value={search.get(FILTER) === channelId ? "wholesale" : "all"}
      onValueChange={change}
    >
      <Tabs.List aria-label={t("orderList.label")}>
        <Tabs.Trigger value="all">{t("orderList.all")}</Tabs.Trigger>
        <Tabs.Trigger value="wholesale">{t("orderList.wholesale")}</Tabs.Trigger>
      </Tabs.List>
    </Tabs>
  )
}

export const config = defineWidgetConfig({ zone: "order.list.before", id: "wholesale-order-list-switch" })

export default OrderListSwitch
