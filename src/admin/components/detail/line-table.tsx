import { Table, Text, clx } from "@medusajs/ui"
import { useState, type ReactNode } from "react"

import { useT } from "../../hooks/use-t"
import { Pager } from "../common/pager"

const PAGE_SIZE = 50

export interface LineColumn<Line> {
  readonly header: string
  readonly cell: (line: Line) => ReactNode
  readonly align?: "right"
  readonly className?: string
}

interface LineTableProps<Line> {
  readonly lines: readonly Line[]
  readonly columns: readonly LineColumn<Line>[]
  readonly lineKey: (line: Line) => string
  readonly emptyText?: string
}

/** The lines of one document, fifty at a time: a document may have thousands. */
export function LineTable<Line>({ lines, columns, lineKey, emptyText }: LineTableProps<Line>) {
  const t = useT()
  const [page, setPage] = useState(0)
  const pageCount = Math.max(1, Math.ceil(lines.length / PAGE_SIZE))
  const pageIndex = Math.min(page, pageCount - 1)
  const shown = lines.slice(pageIndex * PAGE_SIZE, (pageIndex + 1) * PAGE_SIZE)

  if (lines.length === 0) {
    return (
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {emptyText ?? t("list.empty")}
      </Text>
    )
  }
  return (
    <div className="overflow-x-auto [&_td]:pr-4 [&_th]:pr-4">
      <Table>
        <Table.Header className="border-t-0">
          <Table.Row>
            {columns.map(({ header, align }) => (
              <Table.HeaderCell key={header} className={clx({ "text-right": align === "right" })}>
                {header}
              </Table.HeaderCell>
            ))}
          </Table.Row>
        </Table.Header>
        <Table.Body className="border-b-0">
          {shown.map((line) => (
            <Table.Row key={lineKey(line)}>
              {columns.map(({ header, cell, align, className }) => (
                <Table.Cell key={header} className={clx({ "whitespace-nowrap text-right": align === "right" }, className)}>
                  {cell(line)}
                </Table.Cell>
              ))}
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
      <Pager count={lines.length} pageSize={PAGE_SIZE} page={pageIndex} onChange={setPage} />
    </div>
  )
}
