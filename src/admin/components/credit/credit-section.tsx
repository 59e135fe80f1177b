import { ActionMenu, SectionRow } from "@medusajs/dashboard/components"
import { Adjustments, DocumentText, LockClosedSolid, LockOpenSolid, XCircle } from "@medusajs/icons"
import { Button, Text, toast } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAccountHold } from "../../hooks/use-account-hold"
import { useAction } from "../../hooks/use-action"
import { amountText } from "../../hooks/use-formats"
import { useRow } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { Account } from "../../lib/types/accounts"
import type { CreditAccount, CreditHold } from "../../lib/types/credit"
import { ActorAt } from "../common/actor-at"
import { Notice } from "../common/notice"
import { Section } from "../detail/section"
import { ExposureBar } from "./exposure-bar"
import { LimitRuleRows } from "./limit-rule-rows"

/** How much an account owes and may owe, and by which rules its orders wait. */
export function CreditSection({ account }: { account: Account }) {
  const t = useT()
  const credit = account.credit_account
  const { hold } = useAccountHold(account.id)
  const preset = useAction({ onDone: () => toast.success(t("actions.done")) })
  const money = (amount: number | null | undefined) => amountText(amount, account.currency_code)
  return (
    <Section
      title={t("credit.title")}
      error={preset.error}
      actions={
        <>
          {credit && hasNoLines(credit) && (
            <Button
              size="small"
              variant="secondary"
              disabled={preset.isPending}
              title={t("credit.presetHint")}
              onClick={() => preset.run({ path: `credit-accounts/${account.id}/apply-preset` })}
            >
              {t("credit.preset")}
            </Button>
          )}
          <Button size="small" variant="secondary" asChild>
            <Link to="credit-rules">{t("credit.editRules")}</Link>
          </Button>
          <CreditMenu hold={hold} />
        </>
      }
    >
      {hold && <AccountHoldNotice hold={hold} />}
      {credit && credit.credit_limit !== null && credit.credit_limit > 0 && (
        <div className="px-6 py-4">
          <ExposureBar
            parts={[
              { name: "balance", amount: credit.balance },
              { name: "reserved", amount: credit.reserved },
            ]}
            rules={credit}
            currencyCode={account.currency_code}
          />
        </div>
      )}
      <SectionRow title={t("credit.balance")} value={money(credit?.balance ?? 0)} />
      <SectionRow title={t("credit.reserved")} value={money(credit?.reserved ?? 0)} />
      <SectionRow title={t("credit.exposure")} value={money(credit?.exposure ?? 0)} />
      {credit && credit.credit_limit !== null && (
        <SectionRow title={t("credit.available")} value={money(credit.available)} />
      )}
      {credit && (
        <>
          <LimitRuleRows rules={credit} currencyCode={account.currency_code} />
          <SectionRow title={t("credit.pastDue")} value={<PastDueRule credit={credit} />} />
          <SectionRow title={t("credit.group")} value={<GroupLink id={credit.group_id} />} />
        </>
      )}
    </Section>
  )
}

function CreditMenu({ hold }: { hold: CreditHold | undefined }) {
  const t = useT()
  return (
    <ActionMenu
      groups={[
        {
          actions: [
            hold
              ? { icon: <LockOpenSolid />, label: t("holds.lift.menu"), to: "lift-credit-hold" }
              : { icon: <LockClosedSolid />, label: t("holds.place.menu"), to: "hold-credit" },
          ],
        },
        {
          actions: [
            { icon: <Adjustments />, label: t("credit.corrections.adjust.title"), to: "adjust-credit" },
            { icon: <XCircle />, label: t("credit.corrections.write-off.title"), to: "write-off-credit" },
          ],
        },
        { actions: [{ icon: <DocumentText />, label: t("credit.statement.title"), to: "statement" }] },
      ]}
    />
  )
}

function AccountHoldNotice({ hold }: { hold: CreditHold }) {
  const t = useT()
  return (
    <div className="px-6 py-4">
      <Notice
        variant="warning"
        title={t("holds.accountHeld")}
        text={hold.reason ?? ""}
        action={
          <>
            <ActorAt type={hold.actor_type} id={hold.actor_id} at={hold.placed_at} />
            <Link to="lift-credit-hold" className="txt-compact-small-plus text-ui-fg-interactive">
              {t("holds.lift.submit")}
            </Link>
          </>
        }
      />
    </div>
  )
}

function PastDueRule({ credit }: { credit: CreditAccount }) {
  const t = useT()
  const { past_due_days: days, past_due_tolerance: tolerance, currency_code } = credit
  if (days === null) {
    return t("credit.pastDueNever")
  }
  return (
    <div className="flex flex-col">
      <span>{t("credit.pastDueAfter", { count: days })}</span>
      {tolerance !== null && tolerance > 0 && (
        <Text as="span" size="xsmall" className="text-ui-fg-muted">
          {t("credit.tolerated", { amount: amountText(tolerance, currency_code) })}
        </Text>
      )}
    </div>
  )
}

function GroupLink({ id }: { id: string | null }) {
  const { row: group } = useRow(resources.creditGroups, id ?? "", { enabled: id !== null })
  return id === null ? (
    <>–</>
  ) : (
    <Link className="text-ui-fg-interactive break-words" to={`/wholesale/credit/groups/${id}`}>
      {group?.name ?? id}
    </Link>
  )
}

/** Whoever has set a line by hand keeps it: the preset is offered to those who have none. */
function hasNoLines({ soft_threshold_percent, hard_threshold_percent, past_due_days }: CreditAccount): boolean {
  return [soft_threshold_percent, hard_threshold_percent, past_due_days].every((rule) => rule === null)
}
