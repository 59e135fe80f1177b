import { Select, Text } from "@medusajs/ui"
import { useNavigate } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { chooseStore } from "../../lib/store-choice"

/** Names the store one acts for; with several it lets one choose, and remembers the choice. */
export function StoreSwitcher() {
  const t = useT()
  const navigate = useNavigate()
  const { store, stores } = useWholesale()

  if (stores.length < 2) {
    return (
      <Text size="small" className="text-ui-fg-subtle max-w-64 truncate" title={store.name}>
        {store.name}
      </Text>
    )
  }
  const change = (id: string) => {
    chooseStore(id)
    void navigate("/wholesale")
  }
  return (
    <Select value={store.id} onValueChange={change} size="small">
      <Select.Trigger
        aria-label={t("storeSwitcher.label")}
        title={store.name}
        className="w-56 [&>span]:block [&>span]:truncate [&>span]:text-left"
      >
        <Select.Value />
      </Select.Trigger>
      <Select.Content>
        {stores.map(({ id, name }) => (
          <Select.Item key={id} value={id}>
            {name}
          </Select.Item>
        ))}
      </Select.Content>
    </Select>
  )
}
