import { Alert, Badge } from "@medusajs/ui"
import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { wholeNumber } from "../../lib/quick-lines"
import type { PurchaseOrder, PurchaseOrderLine } from "../../lib/types/purchase-orders"
import type { ReceiveBody } from "../../lib/types/requests"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { ActionDialog } from "../dialog/action-dialog"
import { QuantityInput, TextareaField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"

interface Counted {
  readonly received: string
  readonly short: string
  readonly damaged: string
}

const KINDS = ["received", "short", "damaged"] as const

/** Counts what came: received, short and damaged for each line; at first everything that is left. */
export function ReceiveDialog({ order }: { order: PurchaseOrder }) {
  const t = useT()
  const { store } = useWholesale()
  const open = (order.lines ?? []).filter((line) => line.open_quantity > 0)
  const unmapped = open.filter(({ variant_id }) => variant_id === null).length
  const [locationId, setLocationId] = useState(order.location_id ?? store.stock_location_ids[0] ?? "")
  const [note, setNote] = useState("")
  const [counted, setCounted] = useState<Readonly<Record<string, Counted>>>({})

  const countOf = (line: PurchaseOrderLine): Counted =>
    counted[line.id] ?? { received: String(line.open_quantity), short: "0", damaged: "0" }
  const rows = open.map((line) => {
    const count = countOf(line)
    return {
      line_id: line.id,
      received: wholeNumber(count.received || "0"),
      short: wholeNumber(count.short || "0"),
      damaged: wholeNumber(count.damaged || "0"),
    }
  })
  const isWhole = rows.every((row) => KINDS.every((kind) => row[kind] !== undefined))
  const given = rows.filter((row) => KINDS.some((kind) => Boolean(row[kind])))
  const call = () => {
    const body: ReceiveBody = {
      location_id: locationId || undefined,
      note: note.trim() || undefined,
      lines: given,
    }
    return { path: `purchase-orders/${order.id}/receipts`, body }
  }
  return (
    <ActionDialog
      size="full"
      title={t("receipts.receiveTitle", { number: order.number ?? "" })}
      description={t("receipts.receiveHint")}
      submitLabel={t("events.receive")}
      ready={isWhole && given.length > 0}
      dirty={Object.keys(counted).length > 0 || note !== ""}
      call={call}
    >
      {unmapped > 0 && <Alert variant="warning">{t("mapping.unmapped", { count: unmapped })}</Alert>}
      <div className="shadow-elevation-card-rest bg-ui-bg-base overflow-hidden rounded-lg">
        <LineTable
          lines={open}
          lineKey={({ id }) => id}
          emptyText={t("receipts.nothingLeft")}
          columns={[
            {
              header: t("fields.sku"),
              cell: ({ supplier_sku, variant_id }) => (
                <span className="inline-flex items-center gap-x-2">
                  <Truncated text={supplier_sku} />
                  {variant_id === null && (
                    <Badge size="2xsmall" color="orange">
                      {t("mapping.notMapped")}
                    </Badge>
                  )}
                </span>
              ),
            },
            { header: t("fields.item"), cell: ({ title }) => <Truncated text={title} /> },
            { header: t("receipts.left"), align: "right", cell: (line) => line.open_quantity },
            ...KINDS.map((kind) => ({
              header: t(`fields.${kind}`),
              cell: (line: PurchaseOrderLine) => (
                <QuantityInput
                  label={t(`receipts.${kind}For`, { sku: line.supplier_sku })}
                  value={countOf(line)[kind]}
                  onChange={(typed) =>
                    setCounted({ ...counted, [line.id]: { ...countOf(line), [kind]: typed } })
                  }
                />
              ),
            })),
          ]}
        />
      </div>
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <Picker
          source="stockLocations"
          name="location_id"
          label={t("fields.receiveAt")}
          value={locationId}
          onChange={setLocationId}
        />
        <TextareaField
          name="note"
          label={t("fields.note")}
          optional
          rows={2}
          value={note}
          onChange={setNote}
        />
      </div>
    </ActionDialog>
  )
}
