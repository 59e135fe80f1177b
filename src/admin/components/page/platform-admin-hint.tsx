import { Code, Text } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"

/** How a platform gets its first admin. */
export function PlatformAdminHint() {
  const t = useT()
  return (
    <div className="flex flex-col items-start gap-y-2">
      <Text size="small">{t("firstRun.platformAdmin")}</Text>
      <Code>{'options: { platformAdmins: ["you@example.com"] }'}</Code>
    </div>
  )
}
