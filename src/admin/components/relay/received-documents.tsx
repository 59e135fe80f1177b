import { Button, createDataTableColumnHelper, toast, usePrompt } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { ReceivedDocument } from "../../lib/types/relay"
import { ErrorNotice } from "../common/error-notice"
import { StatusBadge } from "../common/status-badge"
import { Truncated } from "../common/truncated"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<ReceivedDocument>()
const REFRESH_EVERY_MS = 10_000
const NEEDS_ATTENTION = { status: "failed,unsupported,desync" }

/** What partners sent and could not be applied, whichever way it came: each can be tried again, or let rest. */
export function ReceivedDocuments() {
  const t = useT()
  const day = useDay()
  const prompt = usePrompt()
  const retry = useAction({ onDone: () => toast.success(t("documents.retried")) })
  const dismissal = useAction({ onDone: () => toast.success(t("actions.done")) })
  const isPending = retry.isPending || dismissal.isPending
  const error = retry.error ?? dismissal.error

  const dismiss = async (id: string) => {
    const agreed = await prompt({
      title: t("documents.dismiss"),
      description: t("documents.dismissText"),
      confirmText: t("documents.dismiss"),
      cancelText: t("actions.cancel"),
      variant: "confirmation",
    })
    if (agreed) {
      dismissal.run({ path: `received-documents/${id}/dismiss` })
    }
  }
  return (
    <RowList
      resource={resources.receivedDocuments}
      prefix="documents"
      query={NEEDS_ATTENTION}
      heading={t("documents.title")}
      subHeading={t("documents.text")}
      refreshEvery={REFRESH_EVERY_MS}
      emptyHeading={t("documents.emptyHeading")}
      emptyText={t("documents.empty")}
      searchable={false}
      getRowId={({ id }) => id}
      columns={[
        column.accessor("created_at", {
          header: t("fields.receivedAt"),
          cell: ({ getValue }) => <span className="whitespace-nowrap">{day(getValue(), true)}</span>,
        }),
        column.accessor("partner_name", {
          header: t("fields.partner"),
          cell: ({ getValue, row: { original } }) => (
            <Link to={`/wholesale/connections/${original.connection_id}`} className="text-ui-fg-interactive">
              <Truncated text={getValue() ?? original.connection_id} />
            </Link>
          ),
        }),
        column.accessor("document_type", {
          header: t("fields.document"),
          cell: ({ getValue, row: { original } }) => (
            <span title={original.document_id} className="whitespace-nowrap">
              {t(`documents.types.${getValue()}`, { defaultValue: getValue().replaceAll("_", " ") })}
            </span>
          ),
        }),
        column.accessor("status", {
          header: t("fields.status"),
          cell: ({ getValue }) => <StatusBadge status={getValue() === "desync" ? "contradictory" : getValue()} />,
        }),
        column.accessor("error", {
          header: t("fields.reason"),
          cell: ({ row: { original } }) => <Reason document={original} />,
        }),
        column.display({
          id: "decisions",
          cell: ({ row: { original } }) => (
            <div className="flex justify-end gap-x-1">
              {original.status !== "desync" && (
                <Button
                  size="small"
                  variant="transparent"
                  disabled={isPending}
                  onClick={() => retry.run({ path: `received-documents/${original.id}/retry` })}
                >
                  {t("documents.retry")}
                </Button>
              )}
              <Button
                size="small"
                variant="transparent"
                disabled={isPending}
                onClick={() => void dismiss(original.id)}
              >
                {t("documents.dismiss")}
              </Button>
            </div>
          ),
        }),
      ]}
    >
      {error && (
        <div className="px-6 py-4">
          <ErrorNotice error={error} />
        </div>
      )}
    </RowList>
  )
}

/** Why it was not applied, and when it is tried again by itself. */
function Reason({ document: { status, error, next_attempt_at } }: { document: ReceivedDocument }) {
  const t = useT()
  const day = useDay()
  const reason = status === "desync" ? (error ?? t("documents.contradiction")) : error
  return (
    <div className="flex min-w-56 max-w-md flex-col py-2">
      <span title={reason ?? undefined} className="line-clamp-3 whitespace-normal break-words">
        {reason ?? "–"}
      </span>
      {next_attempt_at && (
        <span className="text-ui-fg-muted">{t("documents.nextAttempt", { day: day(next_attempt_at, true) })}</span>
      )}
    </div>
  )
}
