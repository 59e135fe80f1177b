import { Tooltip } from "@medusajs/ui"

/** One line of text that keeps to its column and shows itself whole on hovering. */
export function Truncated({ text }: { text: string | null | undefined }) {
  if (!text) {
    return <span className="text-ui-fg-muted">–</span>
  }
  return (
    <Tooltip content={text} maxWidth={400}>
      <span className="block max-w-56 truncate">{text}</span>
    </Tooltip>
  )
}
