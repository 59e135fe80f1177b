import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"

export function CreateStoreLink() {
  const t = useT()
  return (
    <Button size="small" variant="secondary" asChild>
      <Link to="/wholesale/create-store">{t("stores.create")}</Link>
    </Button>
  )
}
