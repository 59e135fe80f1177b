import { Button, toast } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"
import { ErrorNotice } from "../common/error-notice"

/** How an event of a document is offered: at once, or through a dialog that asks for more. */
export interface EventOffer {
  readonly event: string
  readonly asks?: boolean
  readonly danger?: boolean
}

interface EventButtonsProps {
  /** The document in the API, such as `orders/whord_1`. */
  readonly path: string
  /** What the document's state allows, as the API says. */
  readonly allowed: readonly string[] | undefined
  /** What this page knows how to do, the way forward first. */
  readonly offers: readonly EventOffer[]
}

/** One button for each event that is both allowed and offered; nothing else is shown. */
export function EventButtons({ path, allowed = [], offers }: EventButtonsProps) {
  const t = useT()
  const { run, isPending, error } = useAction({ onDone: () => toast.success(t("actions.done")) })
  const shown = offers.filter(({ event }) => allowed.includes(event))
  if (shown.length === 0 && !error) {
    return null
  }
  return (
    <div className="flex flex-col gap-y-3 px-6 py-4">
      <div className="flex flex-wrap gap-2">
        {shown.map(({ event, asks, danger }, index) => {
          const variant = index === 0 && !danger ? "primary" : "secondary"
          const verb = event.replaceAll("_", "-")
          return asks ? (
            <Button key={event} size="small" variant={variant} asChild>
              <Link to={verb}>{t(`events.${event}`)}</Link>
            </Button>
          ) : (
            <Button
              key={event}
              size="small"
              variant={variant}
              disabled={isPending}
              onClick={() => run({ path: `${path}/${verb}` })}
            >
              {t(`events.${event}`)}
            </Button>
          )
        })}
      </div>
      {error && <ErrorNotice error={error} />}
    </div>
  )
}
