import { Text } from "@medusajs/ui"

import { useDay } from "../../hooks/use-formats"
import { ActorName } from "./core-name"

/** Who did something, and when. */
export function ActorAt({ type, id, at }: { type: string; id: string; at: string }) {
  const day = useDay()
  return (
    <Text size="xsmall" className="text-ui-fg-subtle flex min-w-0 gap-x-1">
      <span className="whitespace-nowrap">{day(at, true)}</span>
      <span>·</span>
      <ActorName type={type} id={id} />
    </Text>
  )
}
