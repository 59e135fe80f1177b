import { useState } from "react"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import type { Member } from "../../lib/types/store"
import { ActionDialog } from "../dialog/action-dialog"
import { SelectField } from "../dialog/fields"
import { Picker } from "../pickers/pickers"

/** Lets a user, or a secret API key, act for the store. */
export function MemberDialog() {
  const t = useT()
  const { store } = useWholesale()
  const [type, setType] = useState<Member["actor_type"] | "">("user")
  const [actorId, setActorId] = useState("")
  return (
    <ActionDialog
      title={t("members.add")}
      description={t("members.hint", { store: store.name })}
      submitLabel={t("actions.add")}
      ready={type !== "" && actorId !== ""}
      call={() => ({
        path: `stores/${store.id}/members`,
        body: { actor_type: type, actor_id: actorId },
      })}
    >
      <SelectField
        name="actor_type"
        label={t("fields.kind")}
        value={type}
        onChange={(picked) => {
          setType(picked)
          setActorId("")
        }}
        choices={[
          { value: "user", label: t("members.types.user") },
          { value: "api-key", label: t("members.types.api-key") },
        ]}
      />
      <Picker
        key={type}
        source={type === "api-key" ? "apiKeys" : "users"}
        name="actor_id"
        label={t(`members.types.${type || "user"}`)}
        value={actorId}
        onChange={setActorId}
      />
    </ActionDialog>
  )
}
