import { StatusBadge as UiStatusBadge } from "@medusajs/ui"
import type { ComponentProps } from "react"

import { useT } from "../../hooks/use-t"

type Color = ComponentProps<typeof UiStatusBadge>["color"]

const COLORS: Readonly<Record<string, Color>> = {
  pending: "orange",
  waiting: "orange",
  released: "green",
  overridden: "blue",
  declined: "red",
  requested: "orange",
  cancel_requested: "orange",
  partially_paid: "orange",
  placed: "orange",
  issued: "blue",
  approved: "blue",
  accepted: "blue",
  receiving: "blue",
  packing: "blue",
  packed: "blue",
  shipped: "purple",
  out_for_delivery: "purple",
  ready_for_pickup: "purple",
  backordered: "purple",
  closing: "orange",
  quiet: "orange",
  unsupported: "orange",
  open: "green",
  answering: "green",
  active: "green",
  published: "green",
  done: "green",
  made: "green",
  paid: "green",
  delivered: "green",
  picked_up: "green",
  received: "green",
  closed: "grey",
  rejected: "red",
  refused: "red",
  cancelled: "red",
  revoked: "red",
  overdue: "red",
  failed: "red",
  desync: "red",
  unreadable: "red",
  contradictory: "red",
  not_answering: "red",
  void: "grey",
}

/** A document's state, in the colour that all documents share. */
export function StatusBadge({ status }: { status: string }) {
  const t = useT()
  return (
    <UiStatusBadge color={COLORS[status] ?? "grey"} className="shrink-0 whitespace-nowrap">
      {t(`status.${status}`, { defaultValue: status })}
    </UiStatusBadge>
  )
}
