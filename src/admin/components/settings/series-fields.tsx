import { Plus, Trash } from "@medusajs/icons"
import { Button, Hint, IconButton, Input } from "@medusajs/ui"

import { useT } from "../../hooks/use-t"
import type { Store } from "../../lib/types/store"
import { useFieldIssue } from "../dialog/field-issues"

interface SeriesFieldsProps {
  readonly value: Store["invoice_series"]
  readonly onChange: (series: Store["invoice_series"]) => void
}

/** Series of invoice numbers beside the ordinary one; accounts name the one that theirs are in. */
export function SeriesFields({ value, onChange }: SeriesFieldsProps) {
  const t = useT()
  const issue = useFieldIssue("invoice_series")
  const change = (index: number, changes: Partial<Store["invoice_series"][number]>) =>
    onChange(value.map((each, at) => (at === index ? { ...each, ...changes } : each)))
  return (
    <fieldset className="flex flex-col gap-y-2">
      <legend className="txt-compact-small-plus mb-2">{t("settings.invoiceSeries")}</legend>
      {value.map(({ series, pattern }, index) => (
        <div key={index} className="flex items-center gap-x-2">
          <Input
            className="w-28"
            name={`invoice_series.${index}.series`}
            aria-label={t("settings.seriesName")}
            placeholder="EXPORT"
            value={series}
            onChange={(event) => change(index, { series: event.target.value.toUpperCase() })}
          />
          <Input
            name={`invoice_series.${index}.pattern`}
            aria-label={t("settings.seriesPattern", { series })}
            placeholder="EX-{YYYY}-{SEQ:6}"
            value={pattern}
            onChange={(event) => change(index, { pattern: event.target.value })}
          />
          <IconButton
            type="button"
            size="small"
            variant="transparent"
            aria-label={t("settings.removeSeries", { series })}
            onClick={() => onChange(value.filter((_, at) => at !== index))}
          >
            <Trash />
          </IconButton>
        </div>
      ))}
      <Button
        type="button"
        size="small"
        variant="secondary"
        className="self-start"
        onClick={() => onChange([...value, { series: "", pattern: "" }])}
      >
        <Plus />
        {t("settings.addSeries")}
      </Button>
      <Hint variant={issue ? "error" : "info"}>{issue ?? t("settings.invoiceSeriesHint")}</Hint>
    </fieldset>
  )
}
