import { Container, Skeleton } from "@medusajs/ui"
import type { ReactNode } from "react"

import { useRow } from "../../hooks/use-rows"
import type { Resource } from "../../lib/resources"
import { ErrorNotice } from "../common/error-notice"

/** How often an open document is read again: the other side of the trade moves it too. */
const REFRESH_EVERY_MS = 10_000

interface LoadedProps<Row> {
  readonly resource: Resource<Row>
  readonly id: string
  readonly children: (row: Row) => ReactNode
}

/** Reads a document and shows it, or says why it cannot be shown. */
export function Loaded<Row>({ resource, id, children }: LoadedProps<Row>) {
  const { row, error } = useRow(resource, id, { refreshEvery: REFRESH_EVERY_MS })
  if (row) {
    return <>{children(row)}</>
  }
  return error ? (
    <Container>
      <ErrorNotice error={error} />
    </Container>
  ) : (
    <div className="flex flex-col gap-y-3">
      <Skeleton className="h-24 w-full rounded-lg" />
      <Skeleton className="h-64 w-full rounded-lg" />
    </div>
  )
}
