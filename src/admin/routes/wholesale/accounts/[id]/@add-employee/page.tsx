import { useParams } from "react-router-dom"

import { EmployeeDialog } from "../../../../../components/accounts/employee-dialog"

const AddEmployeePage = () => {
  const { id = "" } = useParams()
  return <EmployeeDialog accountId={id} />
}

export default AddEmployeePage
