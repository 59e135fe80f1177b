import type { CurrencyFormat } from "../../language/locale-format"
import type { StatementDocument, StatementEntry } from "../../model/statement"
import { space, type Block } from "../layout/block"
import { tableBlocks, type Column } from "../layout/table"
import { textBlock } from "../layout/text-block"
import { checkedLogo } from "../logo"
import { BODY, SMALL, type Sheet } from "../sheet"
import { canBeSet } from "../text/typefaces"
import { bankTexts, captionBlock, section } from "./closing"
import { keepLastWithNext, type Composition } from "./composition"
import { fact, factsBlock } from "./facts"
import { figuresBlock } from "./figures"
import { letterhead } from "./letterhead"
import { partiesBlock, partyColumn } from "./parties"
import { imprint, tableStyle } from "./taxed-document"

export function composeStatement(sheet: Sheet, statement: StatementDocument): Composition {
  const { labels, format } = sheet
  const money = format.amounts(statement.currency_code, canBeSet)
  const { seller, buyer, branding } = statement
  return {
    title: `${labels.statement} ${statement.number}`,
    footer: imprint(sheet, seller),
    blocks: [
      letterhead(sheet, {
        seller_name: seller.name,
        logo: checkedLogo(branding.logo),
        title: labels.statement,
        number: statement.number,
      }),
      partiesBlock(sheet, [partyColumn(sheet, labels.from, seller), partyColumn(sheet, labels.account, buyer)]),
      factsBlock(sheet, [
        ...fact(labels.issued_on, format.day(statement.issued_on)),
        ...fact(labels.period, `${format.day(statement.from)} – ${format.day(statement.to)}`),
        ...fact(labels.opening_balance, money.money(statement.opening_balance)),
        ...fact(labels.closing_balance, money.money(statement.closing_balance)),
      ]),
      ...keepLastWithNext(entriesTable(sheet, statement, money)),
      figuresBlock(sheet, [
        { label: labels.closing_balance, value: money.money(statement.closing_balance), rank: "total" },
      ]),
      ...ageingTable(sheet, statement, money),
      ...section(sheet, labels.payment, bankTexts(sheet, statement.bank_accounts)),
      ...section(sheet, null, statement.notes),
    ],
  }
}

function entriesTable(sheet: Sheet, { entries, currency_code }: StatementDocument, money: CurrencyFormat): Block[] {
  const { labels, format, canvas, width } = sheet
  if (entries.length === 0) {
    return [textBlock(canvas, labels.no_entries, { width, style: BODY })]
  }
  const columns: Column<StatementEntry>[] = [
    { title: labels.date, width: "fit", cell: ({ on }) => format.day(on) },
    { title: labels.entry, cell: ({ title }) => title },
    { title: labels.reference, width: 110, cell: ({ reference }) => reference ?? "" },
    { title: labels.due_on, width: "fit", cell: ({ due_on }) => (due_on ? format.day(due_on) : "") },
    {
      title: `${labels.amount} ${currency_code.toUpperCase()}`,
      width: "fit",
      align: "right",
      min: 60,
      cell: ({ amount }) => money.amount(amount),
    },
    { title: labels.balance, width: "fit", align: "right", min: 60, cell: ({ balance }) => money.amount(balance) },
  ]
  return tableBlocks(canvas, columns, entries, tableStyle(sheet))
}

/** The balance by age in one row, a bucket a column. */
function ageingTable(sheet: Sheet, { ageing }: StatementDocument, money: CurrencyFormat): Block[] {
  if (ageing.length === 0) {
    return []
  }
  const padding = 10
  const columns: Column<null>[] = ageing.map(({ title, amount }) => ({
    title,
    align: "right",
    width: sheet.width / ageing.length - padding,
    cell: () => money.amount(amount),
  }))
  return [
    captionBlock(sheet, sheet.labels.ageing),
    ...tableBlocks(sheet.canvas, columns, [null], { ...tableStyle(sheet), body: { ...SMALL, color: BODY.color } }),
    space(14),
  ]
}
