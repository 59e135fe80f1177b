import { Text } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import { useHoldText } from "../../hooks/use-hold-text"
import { useT } from "../../hooks/use-t"
import { holdReasonsOf, quantityChangesOf } from "../../lib/figures"
import type { HistoryEvent } from "../../lib/types/store"
import { ActorAt } from "../common/actor-at"
import { Section } from "./section"

interface HistorySectionProps {
  readonly events: HistoryEvent[] | undefined
  /** Of the amounts that the history of an invoice tells. */
  readonly currencyCode?: string
}

/** Who did what, when and why, the latest first. */
export function HistorySection({ events = [], currencyCode }: HistorySectionProps) {
  const t = useT()
  const heldOn = againHeld(events)
  const latestFirst = [...events].reverse().sort((a, b) => b.at.localeCompare(a.at))
  return (
    <Section title={t("history.title")}>
      <ol className="flex max-h-[32rem] flex-col gap-y-3 overflow-y-auto px-6 py-4">
        {latestFirst.length === 0 && <Text size="small">{t("history.none")}</Text>}
        {latestFirst.map((entry) => (
          <li key={entry.id} className="flex flex-col">
            <Text size="small" weight="plus" leading="compact">
              {heldOn.has(entry.id)
                ? t("history.heldOn")
                : t(`history.events.${entry.event}`, { defaultValue: entry.event })}
              <ReachedStatus entry={entry} />
            </Text>
            <ActorAt type={entry.actor_type} id={entry.actor_id} at={entry.at} />
            <Figures entry={entry} currencyCode={currencyCode} />
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

/** The entries by which a document that waited already waits by other figures. */
function againHeld(events: readonly HistoryEvent[]): ReadonlySet<string> {
  const again = new Set<string>()
  let waits = false
  for (const { id, event } of [...events].sort((a, b) => a.at.localeCompare(b.at))) {
    if (event === "hold" && waits) {
      again.add(id)
    }
    waits = event === "hold" || (waits && event !== "release")
  }
  return again
}

/** What an event is about needs no name; what came besides does. */
const AMOUNTS = ["amount", "total", "discount", "written_off"] as const
const UNNAMED: readonly string[] = ["amount", "total"]

/** Lines of an edit that the history names; the others it counts. */
const CHANGES_SHOWN = 5

/** Why an order waits, what an edit changed, or how much an invoice was moved by. */
function Figures({ entry, currencyCode }: { entry: HistoryEvent; currencyCode: string | undefined }) {
  const t = useT()
  const holdText = useHoldText()
  const details = entry.details ?? {}
  const { figures } = details
  const reasons = typeof figures === "object" && figures !== null ? holdReasonsOf({ ...figures }) : []
  const amounts = AMOUNTS.flatMap((name) => {
    const amount = Number(details[name] ?? 0)
    const label = UNNAMED.includes(name) ? "" : `${t(`history.figures.${name}`)} `
    return currencyCode && amount > 0 ? [label + amountText(amount, currencyCode)] : []
  })
  const changes = quantityChangesOf(details)
  const lines = [
    ...reasons.map((reason) => holdText(reason).short),
    ...(amounts.length > 0 ? [amounts.join(", ")] : []),
    ...changes.slice(0, CHANGES_SHOWN).map(({ sku, before, after }) => `${sku}: ${before} → ${after}`),
    ...(changes.length > CHANGES_SHOWN ? [t("history.moreLines", { count: changes.length - CHANGES_SHOWN })] : []),
  ]
  return (
    <>
      {lines.map((line) => (
        <Text key={line} size="small" className="text-ui-fg-subtle break-words">
          {line}
        </Text>
      ))}
    </>
  )
}
