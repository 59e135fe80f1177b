import { createDataTableColumnHelper } from "@medusajs/ui"

import { useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { FlagChange } from "../../lib/types/store"
import { ActorName } from "../common/core-name"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<FlagChange>()

/** Who turned what on or off, and when. */
export function FlagChanges() {
  const t = useT()
  const day = useDay()
  const onOff = (value: boolean | null) => (value === null ? "–" : t(value ? "flags.on" : "flags.off"))
  return (
    <RowList
      resource={resources.flagChanges}
      prefix="changes"
      heading={t("flags.changes")}
      searchable={false}
      getRowId={({ id }) => id}
      emptyText={t("flags.noChanges")}
      columns={[
        column.accessor("at", {
          header: t("fields.date"),
          cell: ({ getValue }) => day(getValue(), true),
        }),
        column.accessor("flag", {
          header: t("flags.flag"),
          cell: ({ getValue }) => t(`flags.names.${getValue()}`, { defaultValue: getValue() }),
        }),
        column.accessor("to", {
          header: t("flags.change"),
          cell: ({ row: { original } }) => `${onOff(original.from)} → ${onOff(original.to)}`,
        }),
        column.accessor("actor_id", {
          header: t("fields.by"),
          cell: ({ row: { original } }) => (
            <ActorName type={original.actor_type} id={original.actor_id} />
          ),
        }),
      ]}
    />
  )
}
