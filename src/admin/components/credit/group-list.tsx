import { Badge, Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { amountText } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { CreditGroup } from "../../lib/types/credit"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"

/** Limits that several accounts share. */
export function GroupList() {
  const t = useT()
  const { rows: groups, error } = useRows(resources.creditGroups)
  return (
    <Section
      title={t("groups.title")}
      error={error}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="create-group">{t("groups.create")}</Link>
        </Button>
      }
    >
      {groups && (
        <LineTable
          lines={groups}
          lineKey={({ id }) => id}
          emptyText={t("groups.empty")}
          columns={[
            { header: t("fields.name"), cell: (group) => <GroupName group={group} /> },
            { header: t("groups.members"), align: "right", cell: ({ account_ids }) => account_ids.length },
            {
              header: t("fields.creditLimit"),
              align: "right",
              cell: ({ credit_limit, currency_code }) =>
                credit_limit === null ? t("credit.unlimited") : amountText(credit_limit, currency_code),
            },
            {
              header: t("credit.exposure"),
              align: "right",
              cell: ({ exposure, currency_code }) => amountText(exposure, currency_code),
            },
            {
              header: t("credit.available"),
              align: "right",
              cell: ({ available, currency_code }) => amountText(available, currency_code),
            },
          ]}
        />
      )}
    </Section>
  )
}

function GroupName({ group }: { group: CreditGroup }) {
  const t = useT()
  const { id, name, available } = group
  return (
    <span className="flex items-center gap-x-2">
      <Link
        to={`/wholesale/credit/groups/${id}`}
        title={name}
        className="text-ui-fg-interactive block max-w-72 truncate"
      >
        {name}
      </Link>
      {available !== null && available < 0 && (
        <Badge size="2xsmall" color="red">
          {t("groups.over")}
        </Badge>
      )}
    </span>
  )
}
