import { useState } from "react"

import { useT } from "../../hooks/use-t"
import type { Employee } from "../../lib/types/accounts"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"

/** Lets a customer order for an account through the portal. */
export function EmployeeDialog({ accountId }: { accountId: string }) {
  const t = useT()
  const [customerId, setCustomerId] = useState("")
  const [role, setRole] = useState<Employee["role"] | "">("buyer")
  return (
    <ActionDialog
      title={t("accounts.addEmployee")}
      description={t("accounts.employeeHint")}
      submitLabel={t("actions.add")}
      ready={customerId !== "" && role !== ""}
      call={() => ({
        path: `accounts/${accountId}/employees`,
        body: { customer_id: customerId, role },
      })}
    >
      <Picker
        source="customers"
        name="customer_id"
        label={t("fields.customer")}
        value={customerId}
        onChange={setCustomerId}
      />
      <SelectField
        name="role"
        label={t("fields.role")}
        value={role}
        onChange={setRole}
        choices={[
          { value: "buyer", label: t("employeeRoles.buyer") },
          { value: "admin", label: t("employeeRoles.admin") },
        ]}
      />
    </ActionDialog>
  )
}
