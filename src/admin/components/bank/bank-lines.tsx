import { Badge, Button, Text } from "@medusajs/ui"
import { useState, type ComponentProps } from "react"
import { Link } from "react-router-dom"

import { useBankLines, type LineOutcome } from "../../hooks/use-bank-lines"
import { amountText, useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import { isSure, proposedPurpose, type LinePurpose } from "../../lib/bank-confirmation"
import type { BankLine, BankMatch, BankProposal } from "../../lib/types/receivables"
import { ErrorNotice } from "../common/error-notice"
import { Truncated } from "../common/truncated"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"
import { ChooseLine } from "./choose-line"

interface BankLinesProps {
  readonly match: BankMatch
  readonly onAgain: () => void
}

/** What came in by a statement, with what each line seems to pay; somebody confirms it. */
export function BankLines({ match, onAgain }: BankLinesProps) {
  const t = useT()
  const day = useDay()
  const [chosen, setChosen] = useState<BankLine>()
  const { outcomes, confirm, isPending } = useBankLines()
  const isDone = ({ bank_line_id }: BankLine) => "payment_id" in (outcomes[bank_line_id] ?? {})
  const sure = match.lines.filter((line) => isSure(line) && !isDone(line))
  const confirmOne = (line: BankLine, purpose: LinePurpose) => confirm([{ line, purpose }])
  const confirmSure = () =>
    confirm(
      sure.flatMap((line) => {
        const purpose = proposedPurpose(line)
        return purpose ? [{ line, purpose }] : []
      })
    )
  return (
    <>
      <Section
        level="h1"
        title={t("bank.title")}
        actions={
          <>
            <Button size="small" variant="secondary" onClick={onAgain}>
              {t("bank.again")}
            </Button>
            {sure.length > 0 && (
              <Button size="small" isLoading={isPending} onClick={confirmSure}>
                {t("bank.confirmAll", { count: sure.length })}
              </Button>
            )}
          </>
        }
      >
        <Summary match={match} />
        <LineTable
          lines={match.lines}
          lineKey={({ bank_line_id }) => bank_line_id}
          emptyText={t("bank.noneIn")}
          columns={[
            { header: t("bank.rowTitle"), align: "right", cell: ({ row }) => row },
            {
              header: t("fields.date"),
              className: "whitespace-nowrap",
              cell: ({ received_at }) => day(received_at),
            },
            { header: t("bank.says"), cell: (line) => <Said line={line} /> },
            {
              header: t("fields.amount"),
              align: "right",
              cell: ({ amount, currency_code }) => amountText(amount, currency_code),
            },
            {
              header: t("bank.proposal"),
              cell: (line) => <Proposed line={line} outcome={outcomes[line.bank_line_id]} />,
            },
            {
              header: "",
              align: "right",
              cell: (line) => (
                <Verbs
                  line={line}
                  outcome={outcomes[line.bank_line_id]}
                  isPending={isPending}
                  onConfirm={confirmOne}
                  onChoose={setChosen}
                />
              ),
            },
          ]}
        />
      </Section>
      {chosen && (
        <ChooseLine
          line={chosen}
          onChosen={(purpose) => {
            confirmOne(chosen, purpose)
            setChosen(undefined)
          }}
          onClose={() => setChosen(undefined)}
        />
      )}
    </>
  )
}

function Summary({ match: { lines, recorded, outgoing, unreadable } }: { match: BankMatch }) {
  const t = useT()
  const rows = recorded.join(", ")
  return (
    <div role="status" className="flex flex-col gap-y-2 px-6 py-4">
      <Text size="small">
        {[
          t("bank.found", { count: lines.length }),
          recorded.length > 0 ? t("bank.recorded", { count: recorded.length, rows }) : "",
          outgoing > 0 ? t("bank.outgoing", { count: outgoing }) : "",
        ].join(" ")}
      </Text>
      {unreadable.length > 0 && (
        <div>
          <Text size="small" weight="plus" className="text-ui-fg-error">
            {t("bank.unreadable")}
          </Text>
          <ul className="txt-small text-ui-fg-subtle max-h-40 overflow-y-auto">
            {unreadable.map(({ row, message }) => (
              <li key={row}>
                {t("bank.row", { row })}: {message}
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  )
}

function Said({ line: { payer, reference } }: { line: BankLine }) {
  return (
    <span className="flex flex-col py-1">
      {payer && <Truncated text={payer} />}
      <span className="text-ui-fg-subtle">
        <Truncated text={reference} />
      </span>
    </span>
  )
}

const COLORS: Readonly<Record<BankProposal["certainty"], ComponentProps<typeof Badge>["color"]>> = {
  sure: "green",
  likely: "orange",
  account: "grey",
}

function Proposed({ line: { proposal, currency_code }, outcome }: { line: BankLine; outcome: LineOutcome | undefined }) {
  const t = useT()
  if (outcome && "error" in outcome) {
    return (
      <div className="max-w-96 whitespace-normal py-2">
        <ErrorNotice error={outcome.error} />
      </div>
    )
  }
  if (!proposal) {
    return <span className="text-ui-fg-subtle">{t("bank.nobody")}</span>
  }
  const { certainty, company_name, account_id, allocations, invoices, unapplied } = proposal
  return (
    <span className="flex items-start gap-x-2 py-1">
      <Badge size="2xsmall" color={COLORS[certainty]} className="mt-0.5 shrink-0 whitespace-nowrap">
        {t(`bank.certainties.${certainty}`)}
      </Badge>
      <span className="flex min-w-0 flex-col">
        <Truncated text={company_name ?? account_id} />
        {allocations.map(({ invoice_id, amount }, index) => (
          <span key={invoice_id} className="text-ui-fg-subtle whitespace-nowrap">
            <Link className="text-ui-fg-interactive" to={`/wholesale/invoices/${invoice_id}`}>
              {invoices[index]?.number ?? invoice_id}
            </Link>
            {` · ${amountText(amount, currency_code)}`}
          </span>
        ))}
        {unapplied > 0 && (
          <span className="text-ui-fg-subtle whitespace-nowrap">
            {t("bank.onAccount", { amount: amountText(unapplied, currency_code) })}
          </span>
        )}
      </span>
    </span>
  )
}

interface VerbsProps {
  readonly line: BankLine
  readonly outcome: LineOutcome | undefined
  readonly isPending: boolean
  readonly onConfirm: (line: BankLine, purpose: LinePurpose) => void
  readonly onChoose: (line: BankLine) => void
}

function Verbs({ line, outcome, isPending, onConfirm, onChoose }: VerbsProps) {
  const t = useT()
  const purpose = proposedPurpose(line)
  const { row } = line
  if (outcome && "payment_id" in outcome) {
    return (
      <span className="flex items-center justify-end gap-x-2">
        <Badge size="2xsmall" color="green">
          {t("bank.done")}
        </Badge>
        <Link className="text-ui-fg-interactive" to={`/wholesale/payments/${outcome.payment_id}`}>
          {t("bank.openPayment")}
        </Link>
      </span>
    )
  }
  return (
    <span className="flex justify-end gap-x-1">
      <Button
        size="small"
        variant="transparent"
        disabled={isPending}
        aria-label={t("bank.chooseRow", { row })}
        onClick={() => onChoose(line)}
      >
        {t("bank.chooseLine")}
      </Button>
      {purpose && (
        <Button
          size="small"
          variant="secondary"
          disabled={isPending}
          aria-label={t("bank.confirmRow", { row })}
          onClick={() => onConfirm(line, purpose)}
        >
          {t("bank.confirm")}
        </Button>
      )}
    </span>
  )
}
