import { SectionRow } from "@medusajs/dashboard/components"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import type { RelayState } from "../../lib/types/relay"
import { StatusBadge } from "../common/status-badge"
import { Section } from "../detail/section"

/** The store's channels in numbers. */
export function ChannelsSection({ channels }: Pick<RelayState, "channels">) {
  const t = useT()
  const { open, desync, unreadable, with_missing, queued, unsent } = channels
  return (
    <Section
      title={t("relay.channels")}
      actions={
        <Link to="/wholesale/connections" className="txt-compact-small-plus text-ui-fg-interactive">
          {t("relay.openConnections")}
        </Link>
      }
    >
      <SectionRow title={t("relay.open")} value={String(open)} />
      <SectionRow title={t("relay.desync")} value={<Alarming count={desync} status="desync" />} />
      <SectionRow title={t("relay.unreadable")} value={<Alarming count={unreadable} status="unreadable" />} />
      <SectionRow title={t("relay.withMissing")} value={String(with_missing)} />
      <SectionRow title={t("relay.queued")} value={String(queued)} />
      <SectionRow title={t("relay.unsent")} value={String(unsent)} />
    </Section>
  )
}

/** A number that should be none, marked where it is not. */
function Alarming({ count, status }: { readonly count: number; readonly status: "desync" | "unreadable" }) {
  return (
    <>
      <span>{count}</span>
      {count > 0 && <StatusBadge status={status} />}
    </>
  )
}
