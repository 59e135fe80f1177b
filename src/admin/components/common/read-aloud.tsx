import type { ReactNode } from "react"

interface ReadAloudProps {
  /** What it is, for those who do not see it. */
  readonly label: string
  readonly value: string
  readonly beside?: ReactNode
  readonly children?: ReactNode
}

/** A short text in large letters, to be read out by phone, and what is to be known of it. */
export function ReadAloud({ label, value, beside, children }: ReadAloudProps) {
  return (
    <div className="bg-ui-bg-component shadow-elevation-card-rest flex flex-col items-center gap-y-3 rounded-lg px-6 py-8 text-center">
      <div className="flex items-center gap-x-3">
        <output
          aria-label={label}
          className="text-ui-fg-base whitespace-nowrap font-mono text-4xl font-medium tabular-nums tracking-widest"
        >
          {value}
        </output>
        {beside}
      </div>
      {children}
    </div>
  )
}
