import { Button } from "@medusajs/ui"

import { useAction } from "../../hooks/use-action"
import { useDay } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { resources } from "../../lib/resources"
import { StatusBadge } from "../common/status-badge"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"

const REFRESH_EVERY_MS = 10_000

/** The pairing codes that a partner can still enter. */
export function PairingCodes() {
  const t = useT()
  const day = useDay()
  const { access } = useWholesale()
  const { rows = [] } = useRows(resources.pairingCodes, { status: "active" }, { enabled: access.sells, refreshEvery: REFRESH_EVERY_MS })
  const { run, isPending, error } = useAction()
  if (rows.length === 0) {
    return null
  }
  return (
    <Section title={t("connections.activeCodes")} error={error}>
      <LineTable
        lines={rows}
        lineKey={({ id }) => id}
        columns={[
          {
            header: t("fields.code"),
            cell: ({ code }) => <span className="font-mono">{code ?? "••-••••"}</span>,
          },
          { header: t("fields.for"), cell: ({ transport }) => t(`transport.partners.${transport}`) },
          { header: t("fields.status"), cell: ({ status }) => <StatusBadge status={status} /> },
          { header: t("fields.expiresAt"), cell: ({ expires_at }) => day(expires_at, true) },
          {
            header: "",
            align: "right",
            cell: ({ id }) => (
              <Button
                size="small"
                variant="transparent"
                disabled={isPending}
                onClick={() => run({ path: `pairing-codes/${id}/cancel` })}
              >
                {t("connections.cancelCode")}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  )
}
