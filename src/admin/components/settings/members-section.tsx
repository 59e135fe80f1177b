import { ActionMenu, SectionRow } from "@medusajs/dashboard/components"
import { Trash } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { resources } from "../../lib/resources"
import { CoreName } from "../common/core-name"
import { Section } from "../detail/section"

/** Who acts for the store. */
export function MembersSection() {
  const t = useT()
  const { store } = useWholesale()
  const { rows = [], error } = useRows(resources.members(store.id), { limit: 200 })
  const removal = useAction()
  return (
    <Section
      error={error ?? removal.error}
      title={t("members.title")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="add-member">{t("actions.add")}</Link>
        </Button>
      }
    >
      {rows.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("members.none")}
        </Text>
      )}
      {rows.map((member) => (
        <SectionRow
          key={member.id}
          title={t(`members.types.${member.actor_type}`)}
          value={<CoreName kind={member.actor_type} id={member.actor_id} />}
          actions={
            <ActionMenu
              groups={[
                {
                  actions: [
                    {
                      icon: <Trash />,
                      label: t("actions.remove"),
                      onClick: () =>
                        removal.run({
                          path: `stores/${store.id}/members/${member.id}`,
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
