import { Badge, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useHoldText } from "../../hooks/use-hold-text"
import { useT } from "../../hooks/use-t"
import type { CreditDecision } from "../../lib/types/credit"
import type { Order } from "../../lib/types/orders"
import { ActorAt } from "../common/actor-at"
import { Section } from "../detail/section"

/** What was decided about an order that waited for credit, by whom, when and why. */
export function CreditDecisions({ order }: { order: Order }) {
  const t = useT()
  const { credit_decisions: decisions = [] } = order
  if (decisions.length === 0) {
    return null
  }
  return (
    <Section title={t("decisions.made.title")}>
      {decisions.map((decision) => (
        <Decision key={decision.id} decision={decision} order={order} />
      ))}
    </Section>
  )
}

function Decision({ decision, order }: { decision: CreditDecision; order: Order }) {
  const t = useT()
  const holdText = useHoldText()
  const { kind, amount, is_override, reason, figures } = decision
  return (
    <div className="flex flex-col gap-y-1 px-6 py-4">
      <div className="flex flex-wrap items-center gap-x-2 gap-y-1">
        <Text size="small" weight="plus" leading="compact">
          {t(`decisions.made.${kind}`)}
          {kind === "partial" && amount !== null && (
            <span className="text-ui-fg-muted font-normal">{` · ${amountText(amount, order.currency_code)}`}</span>
          )}
        </Text>
        {is_override && (
          <Badge size="2xsmall" color="red">
            {t("decisions.made.override")}
          </Badge>
        )}
      </div>
      <ActorAt type={decision.actor_type} id={decision.actor_id} at={decision.decided_at} />
      <Text size="small" className="break-words">
        {reason}
      </Text>
      {figures.map((figure, index) => (
        <Text key={index} size="xsmall" className="text-ui-fg-muted break-words">
          {holdText(figure).short}
        </Text>
      ))}
      <OtherPart decision={decision} order={order} />
    </div>
  )
}

/** The order in which the rest waits; seen from there, the one that it was decided about. */
function OtherPart({ decision, order }: { decision: CreditDecision; order: Order }) {
  const t = useT()
  const { order_id, child_order_id } = decision
  if (!child_order_id) {
    return null
  }
  const isChild = child_order_id === order.id
  const other = isChild ? order.parent : order.children?.find(({ id }) => id === child_order_id)
  const id = isChild ? order_id : child_order_id
  return (
    <Text size="small" className="text-ui-fg-subtle">
      {t(isChild ? "decisions.made.of" : "decisions.made.rest")}{" "}
      <Link className="text-ui-fg-interactive" to={`/wholesale/orders/${id}`}>
        {other?.number ?? t("fields.order")}
      </Link>
    </Text>
  )
}
