import { RouteDrawer } from "@medusajs/dashboard/components"
import { Button, Copy, Heading, Text } from "@medusajs/ui"
import { useEffect, useState } from "react"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"
import type { PairingCode } from "../../lib/types/connections"
import { ErrorNotice } from "../common/error-notice"

/** Makes a pairing code and shows it large, to be told to the partner, with the time it still has. */
export function GenerateCodeDialog() {
  const t = useT()
  const [made, setMade] = useState<PairingCode>()
  const { run, isPending, error } = useAction<{ pairing_code: PairingCode }>({
    onDone: ({ pairing_code }) => setMade(pairing_code),
  })
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
      <RouteDrawer.Body className="flex flex-1 flex-col gap-y-4">
        {error && <ErrorNotice error={error} />}
        {made?.code && <ShownCode code={made.code} expiresAt={made.expires_at} />}
      </RouteDrawer.Body>
      <RouteDrawer.Footer>
        <RouteDrawer.Close asChild>
          <Button size="small" variant="secondary">
            {t("actions.close")}
          </Button>
        </RouteDrawer.Close>
        {!made && (
          <Button size="small" isLoading={isPending} onClick={() => run({ path: "pairing-codes" })}>
            {t("connections.generateCode")}
          </Button>
        )}
      </RouteDrawer.Footer>
    </RouteDrawer>
  )
}

function ShownCode({ code, expiresAt }: { code: string; expiresAt: string }) {
  const t = useT()
  const secondsLeft = useSecondsUntil(expiresAt)
  const left = `${Math.floor(secondsLeft / 60)}:${String(secondsLeft % 60).padStart(2, "0")}`
  return (
    <div className="bg-ui-bg-component shadow-elevation-card-rest flex flex-col items-center gap-y-3 rounded-lg px-6 py-10">
      <div className="flex items-center gap-x-3">
        <output
          aria-label={t("fields.code")}
          className="text-ui-fg-base font-mono text-4xl font-medium tracking-widest"
        >
          {code}
        </output>
        <Copy content={code} />
      </div>
      <Text size="small" className="text-ui-fg-subtle">
        {secondsLeft > 0 ? t("connections.codeExpires", { left }) : t("connections.codeExpired")}
      </Text>
    </div>
  )
}

/** Whole seconds until a time, counting down; 0 once it has passed. */
function useSecondsUntil(time: string): number {
  const left = () => Math.max(0, Math.ceil((new Date(time).getTime() - Date.now()) / 1000))
  const [seconds, setSeconds] = useState(left)
  useEffect(() => {
    const timer = setInterval(() => setSeconds(left()), 1000)
    return () => clearInterval(timer)
  }, [time])
  return seconds
}
