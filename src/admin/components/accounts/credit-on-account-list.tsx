import { Button, createDataTableColumnHelper } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText, useDay } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Account } from "../../lib/types/accounts"
import type { CreditOnAccount } from "../../lib/types/receivables"
import { RowList } from "../list/row-list"

const column = createDataTableColumnHelper<CreditOnAccount>()

/** Where a payment or credit note is shown. */
const pageOf = ({ type, id }: CreditOnAccount) =>
  `/wholesale/${type === "payment" ? "payments" : "credit-notes"}/${id}`

/** Payments and credit notes with something left; nothing where the account has no credit. */
export function CreditOnAccountList({ account }: { account: Account }) {
  const t = useT()
  const day = useDay()
  const resource = resources.creditOnAccount(account.id)
  const { count } = useRows(resource, { limit: 1 })
  if (count === 0) {
    return null
  }
  return (
    <RowList
      resource={resource}
      prefix="credit"
      heading={t("creditOnAccount.title")}
      subHeading={t("creditOnAccount.text")}
      searchable={false}
      getRowId={({ id }) => id}
      rowHref={pageOf}
      emptyText={t("creditOnAccount.empty")}
      columns={[
        column.accessor("type", { header: t("fields.kind"), cell: ({ getValue }) => t(`creditOnAccount.types.${getValue()}`) }),
        column.accessor("label", { header: t("fields.reference"), cell: ({ getValue }) => <Reference text={getValue()} /> }),
        column.accessor("dated_at", {
          header: t("fields.date"),
          cell: ({ getValue }) => <span className="whitespace-nowrap">{day(getValue())}</span>,
        }),
        column.accessor("unapplied", {
          header: t("payments.unapplied"),
          align: "right",
          cell: ({ getValue, row }) => amountText(getValue(), row.original.currency_code),
        }),
        column.display({
          id: "verbs",
          cell: ({ row: { original } }) => (
            <span className="flex justify-end gap-x-1">
              {(["allocate", "refund"] as const).map((verb) => (
                <Button key={verb} size="small" variant="transparent" asChild>
                  <Link to={`${pageOf(original)}/${verb}`} onClick={(event) => event.stopPropagation()}>
                    {t(verb === "allocate" ? "allocating.submit" : "refunding.submit")}
                  </Link>
                </Button>
              ))}
            </span>
          ),
        }),
      ]}
    />
  )
}

/** In less room than usual: the verbs need theirs. */
function Reference({ text }: { text: string | null }) {
  return (
    <span title={text ?? undefined} className="block max-w-40 truncate">
      {text ?? "–"}
    </span>
  )
}
