import { InlineTip, RadioGroup, Skeleton } from "@medusajs/ui"
import { useId } from "react"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import type { TransportChoice } from "../../hooks/use-transport-choice"
import type { Transport } from "../../lib/types/relay"
import { FieldFrame } from "../dialog/fields"

/** A long description neither squeezes the button before it nor leaves the box. */
const CHOICE = "[&>div:first-child]:shrink-0 [&>div]:min-w-0 [&_*]:break-words"

/** Asks where the partner is, or says how partners elsewhere would be reached. */
export function TransportField({ choice }: { choice: TransportChoice }) {
  const t = useT()
  const id = useId()
  const { transport, choose, relayUrl, isKnown } = choice
  if (!isKnown) {
    return <Skeleton className="h-16 w-full rounded-lg" />
  }
  if (relayUrl === null) {
    return (
      <InlineTip label={t("transport.elsewhere")}>
        {t("transport.noRelay")}{" "}
        <Link to="/wholesale/relay" className="text-ui-fg-interactive">
          {t("transport.setUp")}
        </Link>
      </InlineTip>
    )
  }
  return (
    <FieldFrame id={id} name="transport" label={t("transport.question")}>
      <RadioGroup
        id={id}
        aria-label={t("transport.question")}
        value={transport}
        onValueChange={(picked) => choose(picked as Transport)}
      >
        <RadioGroup.ChoiceBox
          value="local"
          label={t("transport.local")}
          description={t("transport.localHint")}
          className={CHOICE}
        />
        <RadioGroup.ChoiceBox
          value="relay"
          label={t("transport.relay")}
          description={t("transport.relayHint", { relay: relayUrl })}
          className={CHOICE}
        />
      </RadioGroup>
    </FieldFrame>
  )
}
