import { Badge, Label, Switch, Text, Tooltip } from "@medusajs/ui"
import { useId } from "react"

import { useAction } from "../../hooks/use-action"
import { useRows } from "../../hooks/use-rows"
import { useT } from "../../hooks/use-t"
import { resources } from "../../lib/resources"
import type { FeatureFlag } from "../../lib/types/store"
import { Section } from "../detail/section"

/** What is turned on, and who can turn it. */
export function FlagsSection() {
  const t = useT()
  const { rows = [], error } = useRows(resources.featureFlags)
  const change = useAction()
  return (
    <Section title={t("flags.title")} error={error ?? change.error}>
      {rows.map((flag) => (
        <FlagRow
          key={flag.flag}
          flag={flag}
          disabled={change.isPending}
          onChange={(enabled) => change.run({ path: `feature-flags/${flag.flag}`, body: { enabled } })}
        />
      ))}
    </Section>
  )
}

interface FlagRowProps {
  readonly flag: FeatureFlag
  readonly disabled: boolean
  readonly onChange: (enabled: boolean) => void
}

function FlagRow({ flag, disabled, onChange }: FlagRowProps) {
  const t = useT()
  const id = useId()
  return (
    <div className="flex items-start justify-between gap-x-6 px-6 py-4">
      <div className="flex flex-col gap-y-1">
        <div className="flex items-center gap-x-2">
          <Label htmlFor={id} size="small" weight="plus">
            {t(`flags.names.${flag.flag}`, { defaultValue: flag.flag })}
          </Label>
          <Badge size="2xsmall">{t(`flags.levels.${flag.level}`)}</Badge>
        </div>
        <Text size="small" className="text-ui-fg-subtle">
          {t(`flags.texts.${flag.flag}`, { defaultValue: flag.description })}
        </Text>
        <Text size="xsmall" className="text-ui-fg-muted">
          {t(`flags.setBy.${flag.level}`)}
        </Text>
      </div>
      <Tooltip content={t(flag.changeable ? "flags.change" : `flags.setBy.${flag.level}`)}>
        <span>
          <Switch
            id={id}
            checked={flag.enabled}
            disabled={disabled || !flag.changeable}
            onCheckedChange={onChange}
          />
        </span>
      </Tooltip>
    </div>
  )
}
