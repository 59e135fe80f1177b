import { ActionMenu, SectionRow } from "@medusajs/dashboard/components"
import { Trash } from "@medusajs/icons"
import { Button, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"
import type { Account } from "../../lib/types/accounts"
import { CoreName } from "../common/core-name"
import { Section } from "../detail/section"

export function EmployeesSection({ account }: { account: Account }) {
  const t = useT()
  const { run, error } = useAction()
  const employees = account.employees ?? []
  return (
    <Section
      error={error}
      title={t("accounts.employees")}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to="add-employee">{t("actions.add")}</Link>
        </Button>
      }
    >
      {employees.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {t("accounts.noEmployees")}
        </Text>
      )}
      {employees.map((employee) => (
        <SectionRow
          key={employee.id}
          title={t(`employeeRoles.${employee.role}`)}
          value={<CoreName kind="customer" id={employee.customer_id} />}
          actions={
            <ActionMenu
              groups={[
                {
                  actions: [
                    {
                      icon: <Trash />,
                      label: t("actions.remove"),
                      onClick: () =>
                        run({
                          path: `accounts/${account.id}/employees/${employee.id}`,
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
