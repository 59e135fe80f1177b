import { SectionRow } from "@medusajs/dashboard/components"
import { Button, Text } from "@medusajs/ui"
import { useQuery } from "@tanstack/react-query"
import { useState } from "react"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"
import { useWholesale } from "../../hooks/use-wholesale"
import { request, type ApiError } from "../../lib/client"
import { figuresOf } from "../../lib/figures"
import { queryKeys } from "../../lib/query-keys"
import type { BookDifference, BooksCheck, Reconciliation } from "../../lib/types/store"
import { Ago } from "../common/ago"
import { Section } from "../detail/section"

/** Finishes at once what the sweeper would, and compares the store's books. */
export function BooksSection() {
  const t = useT()
  const { store } = useWholesale()
  const [repaired, setRepaired] = useState<Reconciliation["repaired"]>([])
  const check = useAction<{ reconciliation: Reconciliation }>({
    onDone: ({ reconciliation }) => setRepaired(reconciliation.repaired),
  })
  const latest = useQuery<{ books_check: BooksCheck | null }, ApiError>({
    queryKey: queryKeys.booksCheck(store.id),
    queryFn: ({ signal }) => request({ path: "reconcile", signal }),
  })
  const books = latest.data?.books_check
  return (
    <Section
      title={t("books.title")}
      error={check.error ?? latest.error}
      actions={
        <Button
          size="small"
          variant="secondary"
          isLoading={check.isPending}
          onClick={() => check.run({ path: "reconcile" })}
        >
          {t("books.check")}
        </Button>
      }
    >
      <Text size="small" className="text-ui-fg-subtle px-6 py-4">
        {t("books.text")}
      </Text>
      <SectionRow title={t("books.checkedAt")} value={<Ago at={books?.checked_at} />} />
      {repaired.length > 0 && <Finished lines={repaired} />}
      {books && <Found {...books} />}
    </Section>
  )
}

function Finished({ lines }: { lines: readonly string[] }) {
  const t = useT()
  return (
    <div role="status" className="px-6 py-4">
      <Text size="small" weight="plus">
        {t("books.finished")}
      </Text>
      <ul className="text-ui-fg-subtle txt-small max-h-60 overflow-y-auto">
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </div>
  )
}

function Found({ difference_count, differences }: BooksCheck) {
  const t = useT()
  return (
    <div role="status" className="flex flex-col gap-y-4 px-6 py-4">
      <Text size="small" weight="plus">
        {difference_count > 0 ? t("books.differ", { count: difference_count }) : t("books.agree")}
      </Text>
      {differences.length > 0 && (
        <ul className="flex max-h-96 flex-col gap-y-3 overflow-y-auto">
          {differences.map((difference) => (
            <DifferenceRow key={Object.values(difference).join(" ")} difference={difference} />
          ))}
        </ul>
      )}
    </div>
  )
}

function DifferenceRow({ difference: { kind, ...members } }: { difference: BookDifference }) {
  const t = useT()
  const { account_id, invoice_id, order_id, number, problem, ...figures } = members
  const name = [t(`books.kinds.${kind}`), number].filter(Boolean).join(" ")
  const to = {
    credit: `/wholesale/accounts/${account_id}`,
    balance: `/wholesale/accounts/${account_id}`,
    hold: order_id && `/wholesale/orders/${order_id}`,
    invoice: `/wholesale/invoices/${invoice_id}`,
    mirror: `/wholesale/invoices/${invoice_id}`,
    unmirrored: `/wholesale/invoices/${invoice_id}`,
  }[kind]
  return (
    <li className="txt-small flex flex-col">
      {to ? (
        <Link to={to} className="text-ui-fg-interactive">
          {name}
        </Link>
      ) : (
        <span className="txt-compact-small-plus">{name}</span>
      )}
      {problem && <span className="text-ui-fg-subtle">{t(`books.problems.${problem}`)}</span>}
      {figuresOf(figures).map(({ name, value }) => (
        <span key={name} className="text-ui-fg-subtle">
          {`${t(`figures.${name}`, { defaultValue: name })}: ${value}`}
        </span>
      ))}
    </li>
  )
}
