import { Label, Text } from "@medusajs/ui"
import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { MapSkusBody } from "../../lib/types/requests"
import { ActionDialog } from "../dialog/action-dialog"
import { PickerBox } from "../pickers/pickers"

interface MapSkusDialogProps {
  readonly connectionId: string
  readonly items: readonly { readonly sku: string; readonly title: string; readonly variant_id: string | null }[]
}

/** Tells which of the store's own variants a supplier's SKUs are; received stock is raised for these. */
export function MapSkusDialog({ connectionId, items }: MapSkusDialogProps) {
  const t = useT()
  const [picked, setPicked] = useState<Readonly<Record<string, string>>>({})
  const call = () => {
    const body: MapSkusBody = {
      mappings: Object.entries(picked).map(([supplier_sku, variant_id]) => ({
        supplier_sku,
        variant_id: variant_id || null,
      })),
    }
    return { path: `suppliers/${connectionId}/mappings`, body }
  }
  const isChanged = Object.keys(picked).length > 0
  return (
    <ActionDialog
      title={t("mapping.title")}
      description={t("mapping.text")}
      submitLabel={t("actions.save")}
      ready={isChanged}
      dirty={isChanged}
      call={call}
    >
      {items.length === 0 && <Text size="small">{t("mapping.none")}</Text>}
      {items.map(({ sku, title, variant_id }) => (
        <div key={sku} className="flex flex-col gap-y-1.5">
          <Label size="small" weight="plus" className="truncate" title={title}>
            {sku} <span className="text-ui-fg-subtle font-normal">{title}</span>
          </Label>
          <PickerBox
            source="variants"
            label={t("mapping.variantOf", { sku })}
            value={picked[sku] ?? variant_id ?? ""}
            onChange={(id) => setPicked({ ...picked, [sku]: id })}
          />
        </div>
      ))}
    </ActionDialog>
  )
}
