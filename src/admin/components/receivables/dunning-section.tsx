import { ActionMenu } from "@medusajs/dashboard/components"
import { PencilSquare, Trash } from "@medusajs/icons"
import { Button, Text, usePrompt } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { amountText } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { levelsBody } from "../../lib/dunning"
import { resources } from "../../lib/resources"
import type { DunningLevel } from "../../lib/types/receivables"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"

/** From how many days late the store reminds, and what it charges then. */
export function DunningSection() {
  const t = useT()
  const prompt = usePrompt()
  const { rows: levels, error } = useRows(resources.dunningLevels)
  const removal = useAction()
  const remove = async ({ level }: DunningLevel) => {
    const agreed = await prompt({
      title: t("dunning.removeTitle", { level }),
      description: t("dunning.removeText"),
      confirmText: t("actions.remove"),
      cancelText: t("actions.cancel"),
    })
    if (agreed && levels) {
      removal.run({ path: "dunning-levels", body: levelsBody(levels.filter((each) => each.level !== level)) })
    }
  }
  return (
    <Section
      title={t("dunning.title")}
      error={error ?? removal.error}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="dunning-level">{t("dunning.add")}</Link>
        </Button>
      }
    >
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("dunning.text")}
      </Text>
      {levels && (
        <LineTable
          lines={levels}
          lineKey={({ level }) => String(level)}
          emptyText={t("dunning.none")}
          columns={[
            { header: t("dunning.level"), cell: ({ level }) => level },
            { header: t("dunning.daysLate"), align: "right", cell: ({ days_late }) => days_late },
            {
              header: t("dunning.fee"),
              align: "right",
              cell: ({ fee, currency_code }) => (fee === null ? "–" : amountText(fee, currency_code)),
            },
            {
              header: t("dunning.interest"),
              align: "right",
              cell: ({ interest_percent: percent }) => (percent === null ? "–" : `${percent} %`),
            },
            {
              header: "",
              align: "right",
              cell: (level) => (
                <ActionMenu
                  groups={[
                    {
                      actions: [
                        { icon: <PencilSquare />, label: t("actions.edit"), to: `dunning-level?level=${level.level}` },
                        { icon: <Trash />, label: t("actions.remove"), onClick: () => void remove(level) },
                      ],
                    },
                  ]}
                />
              ),
            },
          ]}
        />
      )}
    </Section>
  )
}
