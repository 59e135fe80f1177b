import { ActionMenu, SectionRow } from "@medusajs/dashboard/components"
import { Trash } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Account, TaxExemption } from "../../lib/types/accounts"
import { Section } from "../detail/section"

/** By which certificates the account is not charged tax. */
export function TaxExemptionsSection({ account }: { account: Account }) {
  const t = useT()
  const { run, error } = useAction()
  const exemptions = account.tax_exemptions ?? []
  return (
    <Section
      error={error}
      title={t("taxExemptions.title")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="add-tax-exemption">{t("actions.add")}</Link>
        </Button>
      }
    >
      {exemptions.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("taxExemptions.none")}
        </Text>
      )}
      {exemptions.map((exemption) => (
        <SectionRow
          key={exemption.id}
          title={exemption.certificate_number}
          value={<ExemptionText account={account} exemption={exemption} />}
          actions={
            <ActionMenu
              groups={[
                {
                  actions: [
                    {
                      icon: <Trash />,
                      label: t("taxExemptions.end"),
                      onClick: () =>
                        run({
                          path: `accounts/${account.id}/tax-exemptions/${exemption.id}`,
                          method: "DELETE",
                        }),
                    },
                  ],
                },
              ]}
            />
          }
        />
      ))}
    </Section>
  )
}

function ExemptionText({ account, exemption }: { account: Account; exemption: TaxExemption }) {
  const t = useT()
  const day = useDay()
  const { location_id, category, reason, valid_from, expires_on } = exemption
  const location = account.locations?.find(({ id }) => id === location_id)
  return (
    <div className="flex min-w-0 flex-col gap-y-1">
      <span className="break-words">{reason}</span>
      <span className="text-ui-fg-muted">
        {[
          t(`taxExemptions.categories.${category}`),
          location?.name,
          valid_from && t("taxExemptions.from", { day: day(valid_from) }),
          expires_on && t("taxExemptions.until", { day: day(expires_on) }),
        ]
          .filter(Boolean)
          .join(" · ")}
      </span>
    </div>
  )
}
