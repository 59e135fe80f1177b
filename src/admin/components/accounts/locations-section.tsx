import { ActionMenu, SectionRow } from "@medusajs/dashboard/components"
import { PencilSquare, Trash } from "@medusajs/icons"
import { Badge, Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { addressLines } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Account } from "../../lib/types/accounts"
import { Section } from "../detail/section"

export function LocationsSection({ account }: { account: Account }) {
  const t = useT()
  const { run, error } = useAction()
  const locations = account.locations ?? []
  return (
    <Section
      error={error}
      title={t("accounts.locations")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="add-location">{t("actions.add")}</Link>
        </Button>
      }
    >
      {locations.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("accounts.noLocations")}
        </Text>
      )}
      {locations.map((location) => (
        <SectionRow
          key={location.id}
          title={location.name}
          value={
            <div className="flex flex-col gap-y-1">
              <span className="whitespace-pre-line">{addressLines(location).join("\n")}</span>
              <span className="flex flex-wrap gap-1 whitespace-nowrap">
                {location.is_default_shipping && (
                  <Badge size="2xsmall">{t("accounts.shipsHere")}</Badge>
                )}
                {location.is_default_billing && (
                  <Badge size="2xsmall">{t("accounts.billedHere")}</Badge>
                )}
              </span>
            </div>
          }
          actions={
            <ActionMenu
              groups={[
                {
                  actions: [
                    {
                      icon: <PencilSquare />,
                      label: t("actions.edit"),
                      to: `location?location_id=${location.id}`,
                    },
                    {
                      icon: <Trash />,
                      label: t("actions.remove"),
                      onClick: () =>
                        run({
                          path: `accounts/${account.id}/locations/${location.id}`,
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
