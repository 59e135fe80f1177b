import { useParams } from "react-router-dom"

import { EmployeeDialog } from "../../../../../components/accounts/employee-dialog"

export default function AddEmployeePage() {
  const { id = "" } = useParams()
  return <EmployeeDialog accountId={id} />
}
