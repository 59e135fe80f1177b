import { SectionRow } from "@medusajs/dashboard/components"
import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { amountText } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { CreditGroup, CreditGroupMember } from "../../lib/types/credit"
import { LineTable } from "../detail/line-table"
import { Columns, Section } from "../detail/section"
import { CreditChanges } from "./credit-changes"
import { ExposureBar } from "./exposure-bar"
import { LimitRuleRows } from "./limit-rule-rows"

/** A shared limit: what is used of it and by whom, its rules, and who changed them. */
export function GroupDetail({ group }: { group: CreditGroup }) {
  return (
    <Columns
      main={
        <>
          <GroupRules group={group} />
          <GroupMembers group={group} />
        </>
      }
      side={<CreditChanges resource={resources.creditGroupChanges(group.id)} currencyCode={group.currency_code} />}
    />
  )
}

function GroupRules({ group }: { group: CreditGroup }) {
  const t = useT()
  const { name, currency_code, exposure, available, members = [] } = group
  const total = (name: "balance" | "reserved") => ({
    name,
    amount: members.reduce((sum, member) => sum + member[name], 0),
  })
  return (
    <Section
      level="h1"
      title={name}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="edit">{t("actions.edit")}</Link>
        </Button>
      }
    >
      {group.credit_limit !== null && group.credit_limit > 0 && (
        <div className="px-6 py-4">
          <ExposureBar
            parts={[total("balance"), total("reserved")]}
            rules={group}
            currencyCode={currency_code}
          />
        </div>
      )}
      <SectionRow title={t("credit.exposure")} value={amountText(exposure, currency_code)} />
      {available !== null && (
        <SectionRow title={t("credit.available")} value={amountText(available, currency_code)} />
      )}
      <LimitRuleRows rules={group} currencyCode={currency_code} />
    </Section>
  )
}

function GroupMembers({ group }: { group: CreditGroup }) {
  const t = useT()
  const { run, error, isPending } = useAction()
  const money = (amount: number) => amountText(amount, group.currency_code)
  const leave = ({ account_id }: CreditGroupMember) =>
    run({ path: `credit-accounts/${account_id}`, body: { group_id: null } })
  return (
    <Section
      title={t("groups.members")}
      error={error}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="add-member">{t("groups.addMember")}</Link>
        </Button>
      }
    >
      <LineTable
        lines={group.members ?? []}
        lineKey={({ account_id }) => account_id}
        emptyText={t("groups.noMembers")}
        columns={[
          {
            header: t("fields.account"),
            cell: ({ account_id, company_name }) => (
              <Link
                to={`/wholesale/accounts/${account_id}`}
                title={company_name ?? account_id}
                className="text-ui-fg-interactive block max-w-80 truncate"
              >
                {company_name ?? account_id}
              </Link>
            ),
          },
          { header: t("credit.balance"), align: "right", cell: ({ balance }) => money(balance) },
          { header: t("credit.reserved"), align: "right", cell: ({ reserved }) => money(reserved) },
          { header: t("credit.exposure"), align: "right", cell: ({ exposure }) => money(exposure) },
          {
            header: "",
            align: "right",
            cell: (member) => (
              <Button size="small" variant="transparent" disabled={isPending} onClick={() => leave(member)}>
                {t("actions.remove")}
              </Button>
            ),
          },
        ]}
      />
    </Section>
  )
}
