import { Text } from "@medusajs/ui"

import { amountText } from "../../hooks/use-formats"
import { useNamesText } from "../../hooks/use-names-text"
import { useT } from "../../hooks/use-t"
import type { CreditSource } from "../../lib/credit-source"
import { decimalOf, sumUnits } from "../../lib/decimal"
import type { Allocation } from "../../lib/types/receivables"
import { ActorAt } from "../common/actor-at"
import { Section } from "../detail/section"

/** Something that was done with a payment or credit note. */
export interface SourceEvent {
  readonly key: string
  readonly title: string
  readonly amount: number
  /** The invoices that it touched. */
  readonly invoices?: readonly string[]
  readonly reason?: string | null
  readonly actor_type: string
  readonly actor_id: string
  readonly at: string
}

interface SourceHistoryProps {
  readonly source: CreditSource
  /** What happened to the document itself. */
  readonly own: readonly SourceEvent[]
}

/** What was done with a payment or credit note, by whom and why, the latest first. */
export function SourceHistory({ source, own }: SourceHistoryProps) {
  const t = useT()
  const namesText = useNamesText()
  const events = [...own, ...put(source, t), ...takenOff(source, t), ...refunded(source, t)]
  const latestFirst = [...events].reverse().sort((a, b) => b.at.localeCompare(a.at))
  return (
    <Section title={t("history.title")}>
      <ol className="flex max-h-[32rem] flex-col gap-y-3 overflow-y-auto px-6 py-4">
        {latestFirst.map(({ key, title, amount, invoices = [], reason, actor_type, actor_id, at }) => (
          <li key={key} className="flex min-w-0 flex-col">
            <Text size="small" weight="plus" leading="compact">
              {title}
              <span className="text-ui-fg-muted font-normal">{` · ${amountText(amount, source.currency_code)}`}</span>
            </Text>
            <ActorAt type={actor_type} id={actor_id} at={at} />
            {invoices.length > 0 && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {namesText(invoices)}
              </Text>
            )}
            {reason && (
              <Text size="small" className="text-ui-fg-subtle break-words">
                {reason}
              </Text>
            )}
          </li>
        ))}
      </ol>
    </Section>
  )
}

type T = ReturnType<typeof useT>

/** One entry a verb that put money to invoices. */
function put({ allocations }: CreditSource, t: T): SourceEvent[] {
  return grouped(allocations, ({ operation_id }) => operation_id).map((group) => ({
    key: `put ${group[0].operation_id}`,
    title: t("allocations.events.put"),
    at: group[0].applied_on,
    ...group[0],
    ...summed(group),
  }))
}

/** One entry a moment and reason at which something was taken off. */
function takenOff({ allocations }: CreditSource, t: T): SourceEvent[] {
  const reversed = allocations.filter(({ reversed_on }) => reversed_on !== null)
  return grouped(reversed, ({ reversed_on, reversal_reason }) => `${reversed_on} ${reversal_reason}`).map((group) => ({
    key: `off ${group[0].id}`,
    title: t("allocations.events.takenOff"),
    at: group[0].reversed_on ?? "",
    reason: group[0].reversal_reason,
    actor_type: group[0].reversal_actor_type ?? "system",
    actor_id: group[0].reversal_actor_id ?? "",
    ...summed(group),
  }))
}

function refunded({ refunds }: CreditSource, t: T): SourceEvent[] {
  return refunds.map(({ id, refunded_at, method, reference, reason, ...refund }) => ({
    ...refund,
    key: id,
    title: t("allocations.events.refunded"),
    at: refunded_at,
    reason: [t(`paymentMethods.${method}`, { defaultValue: method }), reference, reason].filter(Boolean).join(" · "),
  }))
}

function summed(group: readonly Allocation[]): Pick<SourceEvent, "amount" | "invoices"> {
  const money = group.filter(({ kind }) => kind === "payment" || kind === "credit_note")
  return {
    amount: Number(decimalOf(sumUnits(money.map(({ amount }) => amount)))),
    invoices: group.map(({ invoice_number }) => invoice_number),
  }
}

function grouped(allocations: readonly Allocation[], by: (allocation: Allocation) => string): Allocation[][] {
  const groups = new Map<string, Allocation[]>()
  for (const allocation of allocations) {
    groups.set(by(allocation), [...(groups.get(by(allocation)) ?? []), allocation])
  }
  return [...groups.values()]
}
