import { Alert, Text } from "@medusajs/ui"
import type { ReactNode } from "react"

import { Sentence } from "./sentence"

interface NoticeProps {
  readonly variant: "error" | "warning" | "info"
  readonly title?: string
  readonly text: string
  /** What to do about it. */
  readonly action?: ReactNode
}

/** Something that people have to know of a page, and the way out. */
export function Notice({ variant, title, text, action }: NoticeProps) {
  return (
    <Alert variant={variant} role={variant === "info" ? "note" : "alert"}>
      <div className="flex flex-col items-start gap-y-2">
        {title && (
          <Text size="small" weight="plus" leading="compact">
            {title}
          </Text>
        )}
        <Text size="small" className="break-words">
          <Sentence text={text} />
        </Text>
        {action}
      </div>
    </Alert>
  )
}
