import { Text } from "@medusajs/ui"
import { useState, type ReactNode } from "react"

import { useRows } from "../../hooks/use-rows"
import type { Query } from "../../lib/client"
import type { Resource } from "../../lib/resources"
import type { SettingChange } from "../../lib/types/store"
import { Section } from "../detail/section"
import { ActorAt } from "./actor-at"
import { Pager } from "./pager"

const PAGE_SIZE = 10

interface ChangeLogProps {
  readonly title: string
  readonly emptyText: string
  readonly resource: Resource<SettingChange>
  readonly query?: Query
  readonly fieldName: (field: string) => string
  /** A value as people read it. */
  readonly value: (change: SettingChange, value: string | null) => ReactNode
}

/** Who changed which rule, when and why, the latest first. */
export function ChangeLog(props: ChangeLogProps) {
  const { title, emptyText, resource, query, fieldName, value } = props
  const [page, setPage] = useState(0)
  const { rows, count, error } = useRows(resource, { ...query, limit: PAGE_SIZE, offset: page * PAGE_SIZE })
  return (
    <Section title={title} error={error}>
      {rows?.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {emptyText}
        </Text>
      )}
      {rows && rows.length > 0 && (
        <ol className="flex flex-col gap-y-3 px-6 py-4">
          {rows.map((change) => (
            <li key={change.id} className="flex min-w-0 flex-col">
              <Text size="small" weight="plus" leading="compact" className="break-words">
                {fieldName(change.field)}
                <span className="text-ui-fg-muted font-normal">
                  {" · "}
                  {value(change, change.from)}
                  {" → "}
                  {value(change, change.to)}
                </span>
              </Text>
              <ActorAt type={change.actor_type} id={change.actor_id} at={change.changed_at} />
              {change.reason && (
                <Text size="small" className="text-ui-fg-subtle break-words">
                  {change.reason}
                </Text>
              )}
            </li>
          ))}
        </ol>
      )}
      <Pager count={count} pageSize={PAGE_SIZE} page={page} onChange={setPage} />
    </Section>
  )
}
