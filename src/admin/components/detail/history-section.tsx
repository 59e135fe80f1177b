import { Text } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import type { HistoryEvent } from "../../lib/types/store"
import { ActorAt } from "../common/actor-at"
import { Section } from "./section"

/** Who did what, when and why, the latest first. */
export function HistorySection({ events = [] }: { events: HistoryEvent[] | undefined }) {
  const t = useT()
  const latestFirst = [...events].reverse().sort((a, b) => b.at.localeCompare(a.at))
  return (
    <Section title={t("history.title")}>
      <ol className="flex max-h-[32rem] flex-col gap-y-3 overflow-y-auto px-6 py-4">
        {latestFirst.length === 0 && <Text size="small">{t("history.none")}</Text>}
        {latestFirst.map((entry) => (
          <li key={entry.id} className="flex flex-col">
            <Text size="small" weight="plus" leading="compact">
              {t(`history.events.${entry.event}`, { defaultValue: entry.event })}
              <ReachedStatus entry={entry} />
            </Text>
            <ActorAt type={entry.actor_type} id={entry.actor_id} at={entry.at} />
            {entry.reason && (
              <Text size="small" className="text-ui-fg-subtle">
                {entry.reason}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

/** The state that an event led to: the document's own, or what the partner said of theirs. */
function ReachedStatus({ entry }: { entry: HistoryEvent }) {
  const t = useT()
  const { event, from, to, details } = entry
  const theirs = details?.order_status
  const status = typeof theirs === "string" ? theirs : from === to ? undefined : to
  const reached = status && t(`status.${status}`, { defaultValue: status })
  return reached && reached !== t(`history.events.${event}`) ? (
    <span className="text-ui-fg-muted font-normal">{` · ${reached}`}</span>
  ) : null
}
