import { Text } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import type { Connection } from "../../lib/types/connections"
import { ReadAloud } from "../common/read-aloud"

/** The digits that both stores see, and what to do with them now. */
export function Verifier({ connection, digits }: { connection: Connection; digits: string }) {
  const t = useT()
  const { role, own_status, status } = connection
  const isDecided = status !== "requested"
  const moment = isDecided ? "decided" : role === "distributor" && own_status === "requested" ? "decide" : "await"
  return (
    <ReadAloud label={t("channel.verifier")} value={digits}>
      <Text size="small" className="text-ui-fg-subtle max-w-md text-pretty">
        {t(`channel.compare.${moment}`, { name: connection.partner_name })}
      </Text>
    </ReadAloud>
  )
}
