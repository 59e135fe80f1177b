import { RouteDrawer } from "@medusajs/dashboard/components"
import { Button, Copy, Heading, Text } from "@medusajs/ui"
import { useState } from "react"

import { useAction } from "../../hooks/use-action"
import { useNow } from "../../hooks/use-now"
import { useT } from "../../hooks/use-t"
import { useTransportChoice } from "../../hooks/use-transport-choice"
import type { PairingCode } from "../../lib/types/connections"
import type { GeneratePairingCodeBody } from "../../lib/types/requests"
import { ErrorNotice } from "../common/error-notice"
import { ReadAloud } from "../common/read-aloud"
import { TransportField } from "./transport-field"

/** Makes a pairing code and shows it large, to be told to the partner, with the time it still has. */
export function GenerateCodeDialog() {
  const t = useT()
  const choice = useTransportChoice()
  const [made, setMade] = useState<PairingCode>()
  const { run, isPending, error } = useAction<{ pairing_code: PairingCode }>({
    onDone: ({ pairing_code }) => setMade(pairing_code),
  })
  const generate = () => {
    const body: GeneratePairingCodeBody = { transport: choice.transport }
    run({ path: "pairing-codes", body })
  }
  return (
    <RouteDrawer>
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{t("connections.generateCode")}</Heading>
        </RouteDrawer.Title>
        <Text size="small" className="text-ui-fg-subtle">
          {t("connections.generateHint")}
        </Text>
      </RouteDrawer.Header>
      <RouteDrawer.Body className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
        {error && <ErrorNotice error={error} />}
        {made ? <ShownCode made={made} /> : <TransportField choice={choice} />}
      </RouteDrawer.Body>
      <RouteDrawer.Footer>
        <RouteDrawer.Close asChild>
          <Button size="small" variant="secondary">
            {t("actions.close")}
          </Button>
        </RouteDrawer.Close>
        {!made && (
          <Button size="small" isLoading={isPending} disabled={!choice.isKnown} onClick={generate}>
            {t("connections.generateCode")}
          </Button>
        )}
      </RouteDrawer.Footer>
    </RouteDrawer>
  )
}

function ShownCode({ made: { code, expires_at, transport } }: { made: PairingCode }) {
  const t = useT()
  const now = useNow(1_000)
  const secondsLeft = Math.max(0, Math.ceil((new Date(expires_at).getTime() - now) / 1_000))
  const left = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`
  if (!code) {
    return null
  }
  return (
    <>
      <ReadAloud label={t("fields.code")} value={code} beside={<Copy content={code} />}>
        <Text size="small" className="text-ui-fg-subtle">
          {secondsLeft > 0 ? t("connections.codeExpires", { left }) : t("connections.codeExpired")}
        </Text>
      </ReadAloud>
      <Text size="small" className="text-ui-fg-subtle">
        {t(`connections.codeHint.${transport}`)}
      </Text>
    </>
  )
}
