import { SectionRow } from "@medusajs/dashboard/components"
import { Link } from "react-router-dom"

import { addressLines, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Connection } from "../../lib/types/connections"
import { StatusBadge } from "../common/status-badge"
import { EventButtons, type EventOffer } from "../detail/event-buttons"
import { HistorySection } from "../detail/history-section"
import { Columns, Section } from "../detail/section"
import { ChannelSection } from "./channel-section"

const OFFERS: readonly EventOffer[] = [
  { event: "approve", asks: true },
  { event: "resume", asks: true },
  { event: "reject", asks: true, danger: true },
  { event: "suspend", asks: true, danger: true },
  { event: "revoke", asks: true, danger: true },
]

export function ConnectionDetail({ connection }: { connection: Connection }) {
  const t = useT()
  const day = useDay()
  const { partner_profile: profile, account_id, channel } = connection
  return (
    <Columns
      main={
        <>
          <Section
            level="h1"
            title={connection.partner_name}
            badge={
              <>
                <StatusBadge status={connection.status} />
                {channel?.status === "desync" && <StatusBadge status="desync" />}
              </>
            }
          >
            <EventButtons
              path={`connections/${connection.id}`}
              allowed={connection.allowed_events}
              offers={OFFERS}
            />
            <SectionRow title={t("fields.ourRole")} value={t(`roles.${connection.role}`)} />
            <SectionRow title={t("fields.platform")} value={t(`transport.${connection.transport}`)} />
            <SectionRow
              title={t("fields.ownStatus")}
              value={<StatusBadge status={connection.own_status} />}
            />
            <SectionRow
              title={t("fields.partnerStatus")}
              value={connection.partner_status && <StatusBadge status={connection.partner_status} />}
            />
            <SectionRow title={t("fields.requestedAt")} value={day(connection.requested_at, true)} />
            <SectionRow title={t("fields.approvedAt")} value={day(connection.approved_at, true)} />
            {connection.reason && <SectionRow title={t("fields.reason")} value={connection.reason} />}
            {account_id && (
              <SectionRow
                title={t("fields.account")}
                value={
                  <Link className="text-ui-fg-interactive" to={`/wholesale/accounts/${account_id}`}>
                    {t("connections.openAccount")}
                  </Link>
                }
              />
            )}
            {connection.role === "retailer" && connection.status === "active" && (
              <SectionRow
                title={t("fields.catalog")}
                value={
                  <Link className="text-ui-fg-interactive" to={`/wholesale/suppliers/${connection.id}`}>
                    {t("connections.openCatalog")}
                  </Link>
                }
              />
            )}
          </Section>
          {channel && <ChannelSection connection={connection} channel={channel} />}
        </>
      }
      side={
        <>
          <Section title={t("fields.partner")}>
            <SectionRow title={t("fields.name")} value={connection.partner_name} />
            <SectionRow title={t("fields.email")} value={profile?.email} />
            <SectionRow title={t("fields.phone")} value={profile?.phone} />
            <SectionRow title={t("fields.taxNumber")} value={profile?.tax_number} />
            <SectionRow title={t("fields.address")} value={addressLines(profile?.address).join("\n") || null} />
          </Section>
          <HistorySection events={connection.events} />
        </>
      }
    />
  )
}
