import { SectionRow } from "@medusajs/dashboard/components"
import { Button, toast, usePrompt } from "@medusajs/ui"

import { useAction } from "../../hooks/use-action"
import { useDay } from "../../hooks/use-formats"
import { useNow } from "../../hooks/use-now"
import { useT } from "../../hooks/use-t"
import { isPartnerQuiet } from "../../lib/relay-health"
import type { Connection } from "../../lib/types/connections"
import type { Channel } from "../../lib/types/relay"
import { Ago } from "../common/ago"
import { StatusBadge } from "../common/status-badge"
import { Section } from "../detail/section"
import { ChannelNotices } from "./channel-notices"
import { Verifier } from "./verifier"

interface ChannelSectionProps {
  readonly connection: Connection
  readonly channel: Channel
}

/** The sealed channel to a partner on another platform: who is at its other end, and how it does. */
export function ChannelSection({ connection, channel }: ChannelSectionProps) {
  const t = useT()
  const prompt = usePrompt()
  const rekeying = useAction<{ offered: boolean }>({
    onDone: ({ offered }) => (offered ? toast.success(t("channel.rekeyOffered")) : toast.info(t("channel.rekeyWaits"))),
  })
  const hasEnded = channel.status === "closed"

  const rekey = async () => {
    const agreed = await prompt({
      title: t("channel.rekey"),
      description: t("channel.rekeyHint"),
      confirmText: t("channel.rekey"),
      cancelText: t("actions.cancel"),
      variant: "confirmation",
    })
    if (agreed) {
      rekeying.run({ path: `connections/${connection.id}/rekey` })
    }
  }
  return (
    <Section
      title={t("channel.title")}
      badge={<StatusBadge status={channel.status} />}
      error={rekeying.error}
      actions={
        channel.status === "open" && (
          <Button size="small" variant="secondary" isLoading={rekeying.isPending} onClick={() => void rekey()}>
            {t("channel.rekey")}
          </Button>
        )
      }
    >
      {!hasEnded && (
        <div className="flex flex-col gap-y-3 px-6 py-4">
          <ChannelNotices channel={channel} mayRevoke={connection.allowed_events.includes("revoke")} />
          <Verifier connection={connection} digits={channel.verifier} />
        </div>
      )}
      <SectionRow
        title={t("channel.partnerIdentity")}
        value={<span className="break-words font-mono">{channel.partner_fingerprint}</span>}
      />
      <SectionRow title={t("fields.relay")} value={<span className="break-all">{channel.relay_url}</span>} />
      {hasEnded ? (
        <SectionRow title={t("channel.keys")} value={t("channel.keysDestroyed")} />
      ) : (
        <SectionRow
          title={t("channel.keysRenewed")}
          value={
            <div className="flex flex-col">
              <Ago at={channel.epoch_started_at} />
              <span className="text-ui-fg-muted">{t("channel.epoch", { epoch: channel.epoch })}</span>
            </div>
          }
        />
      )}
      <SectionRow title={t("channel.lastIn")} value={<Ago at={channel.last_in_at} />} />
      <SectionRow title={t("channel.lastOut")} value={<Ago at={channel.last_out_at} />} />
      <SectionRow title={t("channel.partnerTime")} value={<PartnerTime channel={channel} />} />
      <SectionRow title={t("channel.queue")} value={<Queue channel={channel} />} />
      <SectionRow title={t("channel.missingRow")} value={String(channel.missing)} />
      <SectionRow title={t("channel.refusedRow")} value={String(channel.refused_count)} />
    </Section>
  )
}

function PartnerTime({ channel: { partner_time, status } }: { channel: Channel }) {
  const now = useNow(60_000)
  return (
    <>
      <Ago at={partner_time} />
      {isPartnerQuiet({ status, partner_time }, now) && <StatusBadge status="quiet" />}
    </>
  )
}

function Queue({ channel }: { channel: Channel }) {
  const t = useT()
  const day = useDay()
  const { queued, unsent, oldest_queued_at } = channel
  if (queued === 0) {
    return <span>{t("channel.queueEmpty")}</span>
  }
  return (
    <div className="flex flex-col">
      <span>{t("channel.queued", { count: queued })}</span>
      {unsent > 0 && <span>{t("channel.unsent", { count: unsent })}</span>}
      <span className="text-ui-fg-muted">{t("channel.oldest", { day: day(oldest_queued_at, true) })}</span>
    </div>
  )
}
