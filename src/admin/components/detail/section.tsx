import { Container, Heading } from "@medusajs/ui"
import type { ReactNode } from "react"

import { ErrorNotice } from "../common/error-notice"

interface SectionProps {
  readonly title: ReactNode
  readonly badge?: ReactNode
  readonly actions?: ReactNode
  /** A refusal of something that was asked for inside the card. */
  readonly error?: Error | null
  readonly children?: ReactNode
  readonly level?: "h1" | "h2"
}

/** A card of a detail page: title, state, actions, and rows divided by lines. */
export function Section({ title, badge, actions, error, children, level = "h2" }: SectionProps) {
  return (
    <Container className="divide-y p-0">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 px-6 py-4">
        <div className="flex min-w-0 items-center gap-x-3">
          <Heading level={level} className="truncate">
            {title}
          </Heading>
          {badge}
        </div>
        {actions && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
      </div>
      {error && (
        <div className="px-6 py-4">
          <ErrorNotice error={error} />
        </div>
      )}
      {children}
    </Container>
  )
}

/** The two columns of a detail page; below one another where there is little room. */
export function Columns({ main, side }: { main: ReactNode; side: ReactNode }) {
  return (
    <div className="flex w-full flex-col items-start gap-3 xl:grid xl:grid-cols-[minmax(0,_1fr)_440px]">
      <div className="flex w-full min-w-0 flex-col gap-y-3">{main}</div>
      <div className="flex w-full min-w-0 flex-col gap-y-3">{side}</div>
    </div>
  )
}
