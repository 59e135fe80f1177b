import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Channel } from "../../lib/types/relay"
import { Notice } from "../common/notice"

interface ChannelNoticesProps {
  readonly channel: Channel
  /** Whether a person may end the connection now. */
  readonly mayRevoke: boolean
}

/** What is to be known of a channel that is not well or is ending, each with the way out. */
export function ChannelNotices({ channel, mayRevoke }: ChannelNoticesProps) {
  const t = useT()
  const day = useDay()
  const { status, missing, refused_count, unreadable, send_failure, send_after, unsent, desync_reason } = channel
  const isOpen = status === "open" || status === "unreadable"
  const contradiction = t(`channel.desync.reasons.${desync_reason}`, {
    defaultValue: t("channel.desync.reasons.unknown", { reason: desync_reason }),
  })
  const way = t(mayRevoke ? "channel.desync.way" : "channel.desync.wayEnded")
  const revoke = mayRevoke && (
    <Button size="small" variant="danger" asChild>
      <Link to="revoke">{t("events.revoke")}</Link>
    </Button>
  )
  return (
    <>
      {status === "desync" && (
        <Notice
          variant="error"
          title={t("channel.desync.title", { day: day(channel.desync_at, true) })}
          text={`${contradiction} ${way}`}
          action={revoke}
        />
      )}
      {unreadable && (
        <Notice
          variant="error"
          title={t("channel.unreadable.title", { day: day(unreadable.since, true) })}
          text={`${t("channel.unreadable.text", { count: unreadable.messages })} ${way}`}
          action={revoke}
        />
      )}
      {status === "closing" && <Notice variant="info" text={t("channel.closing")} />}
      {send_failure && unsent > 0 && (
        <Notice
          variant="warning"
          title={t("channel.sendFailure")}
          text={send_after ? `${send_failure} ${t("channel.nextAttempt", { day: day(send_after, true) })}` : send_failure}
        />
      )}
      {isOpen && missing > 0 && (
        <Notice
          variant="warning"
          title={t("channel.missing", { count: missing })}
          text={t("channel.missingText")}
        />
      )}
      {status === "open" && refused_count > 0 && (
        <Notice
          variant="warning"
          title={t("channel.refused", { count: refused_count })}
          text={t("channel.refusedText")}
        />
      )}
    </>
  )
}
