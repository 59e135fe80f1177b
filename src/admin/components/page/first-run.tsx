import { Button, Container, Heading, Text } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import type { WholesaleContext } from "../../lib/types/store"
import { PlatformAdminHint } from "./platform-admin-hint"

/** What to do when nobody governs the platform yet, or the user acts for no store. */
export function FirstRun({ context }: { context: WholesaleContext }) {
  const t = useT()
  const { has_platform_admin, is_platform_admin, store } = context
  return (
    <Container className="flex flex-col items-start gap-y-3">
      <Heading>{t("firstRun.title")}</Heading>
      <Text size="small" className="text-ui-fg-subtle">
        {t("firstRun.text")}
      </Text>
      {!has_platform_admin && <PlatformAdminHint />}
      {!store && <Text size="small">{t(is_platform_admin ? "firstRun.createStore" : "firstRun.noStore")}</Text>}
      {store && (
        <Button size="small" variant="secondary" asChild>
          <Link to="/wholesale/settings">{t("firstRun.flags")}</Link>
        </Button>
      )}
    </Container>
  )
}
