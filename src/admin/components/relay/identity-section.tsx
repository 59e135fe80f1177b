import { Copy, Text } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import { Section } from "../detail/section"

/** Who the store is to partners elsewhere, to be read out to one who asks. */
export function IdentitySection({ fingerprint }: { fingerprint: string }) {
  const t = useT()
  return (
    <Section title={t("relay.identity")} actions={<Copy content={fingerprint} />}>
      <div className="flex flex-col gap-y-2 px-6 py-4">
        <output aria-label={t("relay.identity")} className="text-ui-fg-base txt-medium break-words font-mono">
          {fingerprint}
        </output>
        <Text size="small" className="text-ui-fg-subtle">
          {t("relay.identityText")}
        </Text>
      </div>
    </Section>
  )
}
