import { Combobox } from "@medusajs/dashboard/components"
import { useDebouncedSearch } from "@medusajs/dashboard/hooks"
import { Trash } from "@medusajs/icons"
import { Button, Hint, IconButton, Label, Textarea } from "@medusajs/ui"
import { useId, useState } from "react"

import { amountText } from "../../hooks/use-formats"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { leastQuantity, readQuickLines, type QuickLines } from "../../lib/quick-lines"
import type { Resource } from "../../lib/resources"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { QuantityInput } from "../dialog/fields"

/** What a catalog of the distributor and one of a supplier have in common. */
export interface OrderableItem {
  readonly sku: string
  readonly title: string
  readonly currency_code: string
  readonly minimum_quantity: number
  readonly order_multiple: number
  readonly price?: number
  readonly wholesale_price?: number
}

export interface DraftLine {
  /** Of the document that is changed, where it has the line already. */
  readonly line_id?: string
  readonly sku: string
  readonly quantity: string
  /** Known where the line was picked from the catalog. */
  readonly item?: OrderableItem
}

interface LineEntryProps {
  readonly catalog: Resource<OrderableItem>
  readonly lines: readonly DraftLine[]
  readonly onChange: (lines: DraftLine[]) => void
}

/** Lines of an order: picked from the catalog, typed as `SKU quantity`, or pasted from a sheet. */
export function LineEntry({ catalog, lines, onChange }: LineEntryProps) {
  const t = useT()
  const setQuantity = (key: string, quantity: string) =>
    onChange(lines.map((line) => (keyOf(line) === key ? { ...line, quantity } : line)))

  return (
    <div className="flex flex-col gap-y-4">
      <div className="grid grid-cols-1 gap-4 md:grid-cols-2">
        <CatalogSearch catalog={catalog} onPick={(line) => onChange(withAdded(lines, [line]))} />
        <QuickEntry onAdd={(added) => onChange(withAdded(lines, added))} />
      </div>
      <div className="shadow-elevation-card-rest bg-ui-bg-base overflow-hidden rounded-lg">
        <LineTable
          lines={lines}
          lineKey={keyOf}
          emptyText={t("lines.none")}
          columns={[
            { header: t("fields.sku"), cell: ({ sku }) => <Truncated text={sku} /> },
            { header: t("fields.item"), cell: ({ item }) => <Truncated text={item?.title} /> },
            {
              header: t("fields.price"),
              align: "right",
              cell: ({ item }) => item && amountText(item.price ?? item.wholesale_price, item.currency_code),
            },
            {
              header: t("fields.quantity"),
              align: "right",
              cell: (line) => (
                <div className="flex justify-end">
                  <QuantityInput
                    label={t("lines.quantityOf", { sku: line.sku })}
                    value={line.quantity}
                    onChange={(typed) => setQuantity(keyOf(line), typed)}
                  />
                </div>
              ),
            },
            {
              header: "",
              align: "right",
              cell: (removed) => (
                <IconButton
                  type="button"
                  size="small"
                  variant="transparent"
                  aria-label={t("lines.remove", { sku: removed.sku })}
                  onClick={() => onChange(lines.filter((line) => keyOf(line) !== keyOf(removed)))}
                >
                  <Trash />
                </IconButton>
              ),
            },
          ]}
        />
      </div>
    </div>
  )
}

const keyOf = ({ line_id, sku }: DraftLine) => line_id ?? sku

/** Goods that stand on a line get their new quantity there; the others follow behind. */
function withAdded(lines: readonly DraftLine[], added: readonly DraftLine[]): DraftLine[] {
  return added.reduce<DraftLine[]>(
    (together, line) => {
      const place = together.findIndex(({ sku }) => sku === line.sku)
      return place < 0
        ? [...together, line]
        : together.map((known, index) =>
            index === place ? { ...known, quantity: line.quantity, item: known.item ?? line.item } : known
          )
    },
    [...lines]
  )
}

interface CatalogSearchProps {
  readonly catalog: Resource<OrderableItem>
  readonly onPick: (line: DraftLine) => void
}

function CatalogSearch({ catalog, onPick }: CatalogSearchProps) {
  const t = useT()
  const id = useId()
  const { searchValue, onSearchValueChange, query } = useDebouncedSearch()
  const { rows = [] } = useRows(catalog, { q: query, limit: 20, order: "sku" })
  const pick = (sku: string | undefined) => {
    const item = rows.find((row) => row.sku === sku)
    if (item) {
      onPick({ sku: item.sku, quantity: String(leastQuantity(item)), item })
    }
  }
  return (
    <div className="flex flex-col gap-y-1.5">
      <Label htmlFor={id} size="small" weight="plus">
        {t("lines.search")}
      </Label>
      <Combobox
        id={id}
        value=""
        onChange={pick}
        options={rows.map(({ sku, title }) => ({ value: sku, label: `${sku} ${title}` }))}
        searchValue={searchValue}
        onSearchValueChange={onSearchValueChange}
      />
      <Hint>{t("lines.searchHint")}</Hint>
    </div>
  )
}

function QuickEntry({ onAdd }: { onAdd: (lines: DraftLine[]) => void }) {
  const t = useT()
  const id = useId()
  const [text, setText] = useState("")
  const [unread, setUnread] = useState<QuickLines["unread"]>([])
  const add = () => {
    const read = readQuickLines(text)
    onAdd(read.lines.map(({ sku, quantity }) => ({ sku, quantity: String(quantity) })))
    setUnread(read.unread)
    setText(read.unread.map((row) => row.text).join("\n"))
  }
  return (
    <div className="flex flex-col gap-y-1.5">
      <Label htmlFor={id} size="small" weight="plus">
        {t("lines.quick")}
      </Label>
      <div className="flex items-end gap-x-2">
        <Textarea
          id={id}
          rows={2}
          className="min-h-0"
          placeholder={t("lines.quickPlaceholder")}
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
        <Button
          type="button"
          size="small"
          variant="secondary"
          className="shrink-0"
          disabled={!text.trim()}
          onClick={add}
        >
          {t("lines.add")}
        </Button>
      </div>
      {unread.length > 0 ? (
        <Hint variant="error">
          {t("lines.unread", { rows: unread.map(({ row, text }) => `${row}: ${text}`).join("; ") })}
        </Hint>
      ) : (
        <Hint>{t("lines.quickHint")}</Hint>
      )}
    </div>
  )
}
