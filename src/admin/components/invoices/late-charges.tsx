import { Badge, Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Invoice, LateCharge } from "../../lib/types/invoices"
import { ActorAt } from "../common/actor-at"
import { Section } from "../detail/section"

/** Fees and interest on an invoice: receivables of their own, beside its figures. */
export function LateCharges({ invoice }: { invoice: Invoice }) {
  const t = useT()
  const { late_charges = [], status } = invoice
  return (
    <Section
      title={t("lateCharges.title")}
      actions={
        status !== "void" && (
          <Button size="small" variant="secondary" asChild>
            <Link to="add-late-charge">{t("lateCharges.add")}</Link>
          </Button>
        )
      }
    >
      {late_charges.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("lateCharges.none")}
        </Text>
      )}
      {late_charges.map((charge) => (
        <ChargeRow key={charge.id} charge={charge} />
      ))}
    </Section>
  )
}

function ChargeRow({ charge }: { charge: LateCharge }) {
  const t = useT()
  const day = useDay()
  const { id, kind, amount, settled_total, outstanding, currency_code, reason, charged_at, voided_at, void_reason } = charge
  const { void_actor_type, void_actor_id } = charge
  const money = (each: number) => amountText(each, currency_code)
  return (
    <div className="flex items-start justify-between gap-x-4 px-6 py-4">
      <div className="flex min-w-0 flex-col gap-y-0.5">
        <Text size="small" weight="plus" leading="compact" className="flex items-center gap-x-2">
          {t(`lateCharges.kinds.${kind}`)} · {money(amount)}
          {voided_at && <Badge size="2xsmall">{t("status.void")}</Badge>}
        </Text>
        <Text size="small" className="text-ui-fg-subtle break-words">
          {[day(charged_at), reason, voided_at && void_reason].filter(Boolean).join(" · ")}
        </Text>
        {voided_at && void_actor_type && void_actor_id && (
          <ActorAt type={void_actor_type} id={void_actor_id} at={voided_at} />
        )}
        {!voided_at && (
          <Text size="small" className="text-ui-fg-subtle">
            {t(outstanding > 0 ? "lateCharges.open" : "lateCharges.paid", { amount: money(outstanding) })}
          </Text>
        )}
      </div>
      {!voided_at && settled_total === 0 && (
        <Button size="small" variant="transparent" asChild>
          <Link to={`void-late-charge?charge_id=${id}`}>{t("events.void")}</Link>
        </Button>
      )}
    </div>
  )
}
