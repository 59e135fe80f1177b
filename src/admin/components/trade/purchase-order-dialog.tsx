import { useState } from "react"

import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { resources } from "../../lib/resources"
import type { PurchaseOrder } from "../../lib/types/purchase-orders"
import type { CreatePurchaseOrderBody, UpdatePurchaseOrderBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"
import { DeliveryFields, deliveryDraft, deliveryOf } from "./delivery-fields"
import { LineEntry, type DraftLine } from "./line-entry"
import { linesOf } from "./trade-lines"

interface PurchaseOrderDialogProps {
  /** The draft that is changed; none while a new one is written. */
  readonly draft?: PurchaseOrder
  readonly connectionId?: string
  readonly lines?: readonly DraftLine[]
}

/** Writes a purchase order, or changes one that is still a draft. */
export function PurchaseOrderDialog({ draft, connectionId, lines: started }: PurchaseOrderDialogProps) {
  const t = useT()
  const { store } = useWholesale()
  const { rows = [] } = useRows(resources.suppliers, { limit: 200 })
  const suppliers = rows.filter(({ status }) => status === "active")
  const [supplier, setSupplier] = useState(draft?.connection_id ?? connectionId ?? "")
  const chosen = supplier || (suppliers.length === 1 ? suppliers[0].connection_id : "")
  const [delivery, setDelivery] = useState(() => deliveryDraft(draft, store.address))
  const [locationId, setLocationId] = useState(draft?.location_id ?? store.stock_location_ids[0] ?? "")
  const [lines, setLines] = useState<readonly DraftLine[]>(() => started ?? draftLines(draft))
  const [dirty, setDirty] = useState(false)
  const change = <Value,>(set: (value: Value) => void) => (value: Value) => {
    setDirty(true)
    set(value)
  }

  const ready = linesOf(lines)
  const call = () => {
    const content = {
      ...deliveryOf(delivery),
      location_id: locationId || undefined,
      lines: ready ?? [],
    } satisfies UpdatePurchaseOrderBody
    const created: CreatePurchaseOrderBody = { ...content, connection_id: chosen }
    return draft
      ? { path: `purchase-orders/${draft.id}`, body: content }
      : { path: "purchase-orders", body: created }
  }
  return (
    <ActionDialog<{ purchase_order: PurchaseOrder }>
      size="full"
      title={t(draft ? "purchaseOrders.edit" : "purchaseOrders.create")}
      description={t("purchaseOrders.createHint")}
      submitLabel={t("actions.save")}
      ready={Boolean(chosen && ready)}
      dirty={dirty}
      call={call}
      next={({ purchase_order }) => `/wholesale/purchase-orders/${purchase_order.id}`}
    >
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        {draft ? null : (
          <SelectField
            name="connection_id"
            label={t("fields.supplier")}
            value={chosen}
            onChange={change(setSupplier)}
            placeholder={t("purchaseOrders.chooseSupplier")}
            choices={suppliers.map(({ connection_id, name }) => ({ value: connection_id, label: name }))}
          />
        )}
        <Picker
          source="stockLocations"
          name="location_id"
          label={t("fields.receiveAt")}
          optional
          value={locationId}
          onChange={change(setLocationId)}
        />
      </div>
      {chosen && (
        <LineEntry
          catalog={resources.supplierItems(chosen)}
          lines={lines}
          onChange={change<DraftLine[]>(setLines)}
        />
      )}
      <DeliveryFields value={delivery} onChange={change(setDelivery)} />
    </ActionDialog>
  )
}

function draftLines(draft: PurchaseOrder | undefined): DraftLine[] {
  return (draft?.lines ?? []).map((line) => ({
    sku: line.supplier_sku,
    quantity: String(line.quantity),
    item: {
      sku: line.supplier_sku,
      title: line.title,
      currency_code: draft?.currency_code ?? "",
      price: line.unit_price,
      minimum_quantity: 1,
      order_multiple: 1,
    },
  }))
}
