import { Container, Skeleton } from "@medusajs/ui"

import { useRelay } from "../../hooks/use-relay"
import { useT } from "../../hooks/use-t"
import { ErrorNotice } from "../common/error-notice"
import { Notice } from "../common/notice"
import { Columns } from "../detail/section"
import { ChannelsSection } from "./channels-section"
import { IdentitySection } from "./identity-section"
import { ReceivedDocuments } from "./received-documents"
import { NoRelaySection, RelaySection } from "./relay-section"

const REFRESH_EVERY_MS = 10_000

/** The way to partners on other platforms: how it does, and what of theirs waits for a person. */
export function RelayBoard() {
  const t = useT()
  const { state, error } = useRelay({ refreshEvery: REFRESH_EVERY_MS })
  if (!state) {
    return error ? (
      <Container>
        <ErrorNotice error={error} />
      </Container>
    ) : (
      <Skeleton className="h-64 w-full rounded-lg" />
    )
  }
  const { relay, channels, obstacle } = state
  return (
    <>
      {obstacle && (
        <Notice
          variant="error"
          title={t("relay.obstacle.title")}
          text={`${obstacle.message} ${t("relay.obstacle.way")}`}
        />
      )}
      {relay ? (
        <Columns
          main={
            <>
              <RelaySection relay={relay} isUsable={!obstacle} />
              <IdentitySection fingerprint={relay.fingerprint} />
            </>
          }
          side={<ChannelsSection channels={channels} />}
        />
      ) : (
        <NoRelaySection isUsable={!obstacle} />
      )}
      <ReceivedDocuments />
    </>
  )
}
