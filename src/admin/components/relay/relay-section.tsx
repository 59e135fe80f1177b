import { SectionRow } from "@medusajs/dashboard/components"
import { Button, Text } from "@medusajs/ui"
import { useState } from "react"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useDay } from "../../hooks/use-formats"
import { useNow } from "../../hooks/use-now"
import { useT } from "../../hooks/use-t"
import { relayHealth } from "../../lib/relay-health"
import type { RelayCheck, RelayState } from "../../lib/types/relay"
import { Ago } from "../common/ago"
import { Notice } from "../common/notice"
import { StatusBadge } from "../common/status-badge"
import { Section } from "../detail/section"

interface RelaySectionProps {
  readonly relay: NonNullable<RelayState["relay"]>
  /** False while something keeps all relays from use. */
  readonly isUsable: boolean
}

/** The store's relay and its health, which can be asked for now. */
export function RelaySection({ relay, isUsable }: RelaySectionProps) {
  const t = useT()
  const day = useDay()
  const [found, setFound] = useState<RelayCheck>()
  const check = useAction<{ relay_check: RelayCheck }>({ onDone: ({ relay_check }) => setFound(relay_check) })
  const health = relayHealth(relay, useNow(30_000))
  const { relay_url, answered_at, failed_at, failure } = relay
  return (
    <Section
      level="h1"
      title={t("nav.relay")}
      badge={<StatusBadge status={health} />}
      error={check.error}
      actions={
        <>
          <Button
            size="small"
            variant="secondary"
            disabled={!isUsable}
            isLoading={check.isPending}
            onClick={() => check.run({ path: "relay/check" })}
          >
            {t("relay.check")}
          </Button>
          <SetAddress isUsable={isUsable} variant="secondary" />
        </>
      }
    >
      {!check.error && (failure || health === "quiet") && (
        <div className="px-6 py-4">
          <Notice
            variant={failure ? "error" : "warning"}
            title={t(`relay.health.${health}`)}
            text={failure ?? t("relay.quietText")}
          />
        </div>
      )}
      <SectionRow title={t("fields.address")} value={<span className="break-all">{relay_url}</span>} />
      <SectionRow title={t("relay.answeredAt")} value={<Ago at={answered_at} />} />
      <SectionRow title={t("relay.failedAt")} value={failed_at ? day(failed_at, true) : t("relay.never")} />
      {found && found.relay_url === relay_url && !check.error && <Found check={found} />}
    </Section>
  )
}

function Found({ check: { version, took_ms, clock_difference_ms } }: { check: RelayCheck }) {
  const t = useT()
  const seconds = (Math.abs(clock_difference_ms) / 1_000).toLocaleString(undefined, { maximumFractionDigits: 1 })
  const clock = Math.abs(clock_difference_ms) < 1_000 ? "same" : clock_difference_ms > 0 ? "ahead" : "behind"
  return (
    <div role="status" className="divide-y">
      <SectionRow title={t("relay.version")} value={version} />
      <SectionRow title={t("relay.roundTrip")} value={t("relay.milliseconds", { number: took_ms.toLocaleString() })} />
      <SectionRow title={t("relay.clock")} value={t(`relay.clocks.${clock}`, { seconds })} />
    </div>
  )
}

/** What a relay is for, while there is none. */
export function NoRelaySection({ isUsable }: Pick<RelaySectionProps, "isUsable">) {
  const t = useT()
  return (
    <Section level="h1" title={t("nav.relay")} actions={<SetAddress isUsable={isUsable} variant="primary" />}>
      <div className="px-6 py-4">
        <Text size="small" className="text-ui-fg-subtle max-w-3xl">
          {t("relay.text")}
        </Text>
      </div>
    </Section>
  )
}

function SetAddress({ isUsable, variant }: { isUsable: boolean; variant: "primary" | "secondary" }) {
  const t = useT()
  return isUsable ? (
    <Button size="small" variant={variant} asChild>
      <Link to="set-address">{t("relay.setAddress")}</Link>
    </Button>
  ) : (
    <Button size="small" variant={variant} disabled>
      {t("relay.setAddress")}
    </Button>
  )
}
