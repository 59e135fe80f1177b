import { Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useHoldText } from "../../hooks/use-hold-text"
import { useT } from "../../hooks/use-t"
import type { AmountFigures, CreditHold } from "../../lib/types/credit"
import type { Order } from "../../lib/types/orders"
import { ActorAt } from "../common/actor-at"
import { ExposureBar } from "../credit/exposure-bar"
import { HoldKindBadge } from "../credit/hold-kind-badge"
import { Section } from "../detail/section"

/** Why an order waits, with the figures, and the ways to go on; nothing for one that does not wait. */
export function CreditPanel({ order }: { order: Order }) {
  const t = useT()
  const day = useDay()
  if (!order.held_at || order.status !== "pending") {
    return null
  }
  return (
    <Section
      title={t("decisions.title")}
      badge={
        <Text size="small" className="text-ui-fg-subtle whitespace-nowrap">
          {t("decisions.since", { day: day(order.held_at, true) })}
        </Text>
      }
      actions={
        <>
          <Button size="small" variant="secondary" asChild>
            <Link to="decline-credit">{t("decisions.decline.submit")}</Link>
          </Button>
          <Button size="small" variant="secondary" asChild>
            <Link to="approve-part">{t("decisions.partial.button")}</Link>
          </Button>
          <Button size="small" asChild>
            <Link to="approve-credit">{t("decisions.approve.submit")}</Link>
          </Button>
        </>
      }
    >
      {(order.credit_holds ?? []).map((hold) => (
        <HoldReason key={hold.id} hold={hold} order={order} />
      ))}
    </Section>
  )
}

function HoldReason({ hold, order }: { hold: CreditHold; order: Order }) {
  const holdText = useHoldText()
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex items-start gap-x-2">
        <HoldKindBadge kind={hold.kind} />
        <Text size="small" className="min-w-0 break-words">
          {holdText(hold).sentence}
        </Text>
      </div>
      {hold.kind === "manual" && <ManualHold hold={hold} order={order} />}
      {(hold.kind === "soft" || hold.kind === "hard") && <Amounts figures={hold.figures} order={order} />}
      {hold.kind === "past_due" && (
        <Figures
          rows={[
            ["past_due", amountText(Number(hold.figures.amount), hold.figures.currency_code)],
            ["days_late", String(hold.figures.days_late)],
            ["days_allowed", String(hold.figures.past_due_days)],
            ["tolerated", amountText(Number(hold.figures.tolerance), hold.figures.currency_code)],
          ]}
        />
      )}
    </div>
  )
}

/** Who holds it, and the way to lift it: here, or on the account, where it holds more than this order. */
function ManualHold({ hold, order }: { hold: CreditHold; order: Order }) {
  const t = useT()
  const isOfOrder = hold.basis === "order"
  const to = isOfOrder ? `lift-hold?hold_id=${hold.id}` : `/wholesale/accounts/${order.account_id}`
  return (
    <div className="flex flex-wrap items-center justify-between gap-2">
      <ActorAt type={hold.actor_type} id={hold.actor_id} at={hold.placed_at} />
      <Link to={to} className="txt-compact-small-plus text-ui-fg-interactive">
        {t(isOfOrder ? "holds.lift.submit" : "connections.openAccount")}
      </Link>
    </div>
  )
}

function Amounts({ figures, order }: { figures: AmountFigures; order: Order }) {
  const money = (amount: string) => amountText(Number(amount), figures.currency_code)
  const credit = order.account?.credit_account
  // A group's own lines are its page's to show; the one that was passed is the one that counts here.
  const passed = figures.threshold_percent === "100" ? null : Number(figures.threshold_percent)
  return (
    <>
      <Figures
        rows={[
          ["limit", money(figures.limit)],
          ["exposure", money(figures.exposure)],
          ["order_amount", money(figures.order_amount)],
          ["exposure_after", money(figures.exposure_after)],
          ["over_by", money(figures.over_by)],
        ]}
      />
      <ExposureBar
        currencyCode={figures.currency_code}
        parts={[
          { name: "exposure", amount: Number(figures.exposure) },
          { name: "order", amount: Number(figures.order_amount) },
        ]}
        rules={{
          credit_limit: Number(figures.limit),
          soft_threshold_percent: figures.group_id ? null : (credit?.soft_threshold_percent ?? null),
          hard_threshold_percent: figures.group_id ? passed : (credit?.hard_threshold_percent ?? null),
        }}
      />
    </>
  )
}

function Figures({ rows }: { rows: readonly (readonly [name: string, value: string])[] }) {
  const t = useT()
  return (
    <dl className="flex flex-wrap gap-x-8 gap-y-3">
      {rows.map(([name, value]) => (
        <div key={name} className="flex flex-col gap-y-0.5">
          <dt className="txt-compact-xsmall text-ui-fg-subtle">{t(`decisions.figures.${name}`)}</dt>
          <dd className="txt-compact-small-plus tabular-nums">{value}</dd>
        </div>
      ))}
    </dl>
  )
}
