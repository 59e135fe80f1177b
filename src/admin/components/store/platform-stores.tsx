import { Button } from "@medusajs/ui"

import { useAction } from "../../hooks/use-action"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import { chooseStore } from "../../lib/store-choice"
import type { Member, WholesaleContext } from "../../lib/types/store"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"
import { CreateStoreLink } from "./create-store-link"

/** All stores of the platform, for its admins: they make themselves members of those they act for. */
export function PlatformStores({ context }: { context: Pick<WholesaleContext, "actor_id" | "stores"> }) {
  const t = useT()
  const { rows = [], error } = useRows(resources.stores, { limit: 200, order: "name" })
  const own = new Set(context.stores.map(({ id }) => id))
  const join = useAction<{ member: Member & { store_id: string } }>({
    onDone: ({ member }) => chooseStore(member.store_id),
  })
  return (
    <Section title={t("stores.platform")} actions={<CreateStoreLink />} error={error ?? join.error}>
      <LineTable
        lines={rows}
        lineKey={({ id }) => id}
        columns={[
          { header: t("fields.name"), cell: ({ name }) => <Truncated text={name} /> },
          { header: t("fields.mode"), cell: ({ mode }) => t(`modes.${mode}`) },
          {
            header: "",
            align: "right",
            cell: ({ id, name }) =>
              own.has(id) ? null : (
                <Button
                  size="small"
                  variant="secondary"
                  aria-label={t("stores.joinNamed", { name })}
                  disabled={join.isPending}
                  onClick={() =>
                    join.run({
                      path: `stores/${id}/members`,
                      body: { actor_type: "user", actor_id: context.actor_id },
                    })
                  }
                >
                  {t("stores.join")}
                </Button>
              ),
          },
        ]}
      />
    </Section>
  )
}
