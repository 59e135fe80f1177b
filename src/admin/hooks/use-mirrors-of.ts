import { resources } from "../lib/resources"
import type { Mirror } from "../lib/types/invoices"
import { useRows } from "./use-rows"
import { useWholesaleContext } from "./use-wholesale-context"

/** The mirrors behind a core order: none for ordinary orders, which cost no request to the API. */
export function useMirrorsOf(order: { id: string; metadata?: unknown }): readonly Mirror[] {
  const isMirror = Boolean(order.metadata && JSON.stringify(order.metadata).includes("wholesale"))
  const { data: context } = useWholesaleContext({ enabled: isMirror })
  const { rows = [] } = useRows(
    resources.mirrors,
    { core_order_id: order.id },
    { enabled: isMirror && Boolean(context?.store) }
  )
  return isMirror ? rows : []
}
