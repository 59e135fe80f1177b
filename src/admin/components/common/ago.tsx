import { useDate } from "@medusajs/dashboard/hooks"

import { useDay } from "../../hooks/use-formats"
import { useNow } from "../../hooks/use-now"

const TOLD_ANEW_EVERY_MS = 15_000

/** How long ago something was, with its day and time; a dash where it never was. */
export function Ago({ at }: { at: string | null | undefined }) {
  const day = useDay()
  const { getRelativeDate } = useDate()
  useNow(TOLD_ANEW_EVERY_MS)
  return at ? (
    <span>
      {getRelativeDate(at)}
      <span className="text-ui-fg-muted">{` · ${day(at, true)}`}</span>
    </span>
  ) : (
    <span className="text-ui-fg-muted">–</span>
  )
}
