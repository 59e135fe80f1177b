import { DatePicker, Hint, Input, Label, Select, Switch, Textarea } from "@medusajs/ui"
import { useId, type ReactNode } from "react"

import { useT } from "../../hooks/use-t"
import { useFieldIssue } from "./field-issues"

interface FieldProps<Value> {
  /** The field's path in the request, under which the API reports what is wrong with it. */
  readonly name: string
  readonly label: string
  readonly hint?: string
  readonly optional?: boolean
  readonly value: Value
  readonly onChange: (value: Value) => void
}

interface FrameProps extends Pick<FieldProps<unknown>, "name" | "label" | "hint" | "optional"> {
  readonly id: string
  readonly children: ReactNode
}

/** Label, control, hint, and what the API finds wrong. */
export function FieldFrame({ id, name, label, hint, optional, children }: FrameProps) {
  const t = useT()
  const issue = useFieldIssue(name)
  return (
    <div className="flex w-full flex-col gap-y-1.5">
      <Label htmlFor={id} size="small" weight="plus">
        {label}
        {optional && <span className="text-ui-fg-muted font-normal"> ({t("fields.optional")})</span>}
      </Label>
      {children}
      {issue ? <Hint variant="error">{issue}</Hint> : hint && <Hint>{hint}</Hint>}
    </div>
  )
}

interface TextFieldProps extends FieldProps<string> {
  readonly type?: "text" | "email" | "number"
  readonly min?: number
  readonly placeholder?: string
  readonly autoFocus?: boolean
  readonly suffix?: string
  readonly required?: boolean
}

export function TextField({ type = "text", suffix, value, onChange, ...field }: TextFieldProps) {
  const id = useId()
  const { min, placeholder, autoFocus, required } = field
  return (
    <FieldFrame id={id} {...field}>
      <div className="flex items-center gap-x-2">
        <div className="flex-1">
          <Input
            id={id}
            name={field.name}
            type={type}
            min={min}
            placeholder={placeholder}
            autoFocus={autoFocus}
            required={required}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            autoComplete="off"
          />
        </div>
        {suffix && <span className="txt-small text-ui-fg-muted">{suffix}</span>}
      </div>
    </FieldFrame>
  )
}

interface AmountFieldProps extends Omit<FieldProps<string>, "type"> {
  readonly currencyCode: string
  readonly autoFocus?: boolean
  readonly required?: boolean
}

/** An amount in major units, kept as typed; a decimal comma counts as a point. */
export function AmountField({ currencyCode, value, onChange, ...field }: AmountFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} {...field}>
      <div className="flex items-center gap-x-2">
        <div className="flex-1">
          <AmountInput
            id={id}
            name={field.name}
            autoFocus={field.autoFocus}
            required={field.required}
            value={value}
            onChange={onChange}
          />
        </div>
        <span className="txt-small text-ui-fg-muted uppercase">{currencyCode}</span>
      </div>
    </FieldFrame>
  )
}

interface AmountInputProps {
  readonly id?: string
  readonly name?: string
  readonly label?: string
  readonly autoFocus?: boolean
  readonly required?: boolean
  readonly value: string
  readonly onChange: (value: string) => void
}

export function AmountInput({ label, value, onChange, ...input }: AmountInputProps) {
  return (
    <Input
      {...input}
      inputMode="decimal"
      aria-label={label}
      autoComplete="off"
      value={value}
      onChange={(event) => onChange(event.target.value.replace(",", "."))}
    />
  )
}

/** A whole number in a table cell, empty while nothing is typed. */
export function QuantityInput(props: {
  readonly label: string
  readonly value: string
  readonly max?: number
  readonly onChange: (value: string) => void
}) {
  return (
    <Input
      type="number"
      inputMode="numeric"
      size="small"
      className="w-24 text-right"
      min={0}
      step={1}
      max={props.max}
      aria-label={props.label}
      value={props.value}
      onChange={(event) => props.onChange(event.target.value)}
    />
  )
}

export function TextareaField({ value, onChange, ...field }: FieldProps<string> & { rows?: number }) {
  const id = useId()
  return (
    <FieldFrame id={id} {...field}>
      <Textarea
        id={id}
        name={field.name}
        rows={field.rows ?? 3}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </FieldFrame>
  )
}

export interface Choice<Value extends string> {
  readonly value: Value
  readonly label: string
}

interface SelectFieldProps<Value extends string> extends FieldProps<Value | ""> {
  readonly choices: readonly Choice<Value>[]
  readonly placeholder?: string
}

export function SelectField<Value extends string>(props: SelectFieldProps<Value>) {
  const { choices, placeholder, value, onChange, ...field } = props
  const id = useId()
  return (
    <FieldFrame id={id} {...field}>
      <Select value={value} onValueChange={(picked) => onChange(picked as Value)}>
        <Select.Trigger id={id} className="[&>span]:block [&>span]:truncate [&>span]:text-left">
          <Select.Value placeholder={placeholder} />
        </Select.Trigger>
        <Select.Content>
          {choices.map((choice) => (
            <Select.Item key={choice.value} value={choice.value}>
              {choice.label}
            </Select.Item>
          ))}
        </Select.Content>
      </Select>
    </FieldFrame>
  )
}

export function SwitchField({ name, label, hint, value, onChange }: FieldProps<boolean>) {
  const id = useId()
  return (
    <div className="flex items-start gap-x-3">
      <Switch id={id} name={name} checked={value} onCheckedChange={onChange} />
      <div className="flex flex-col">
        <Label htmlFor={id} size="small" weight="plus">
          {label}
        </Label>
        {hint && <Hint>{hint}</Hint>}
      </div>
    </div>
  )
}

interface DateFieldProps extends FieldProps<Date | null> {
  readonly granularity?: "day" | "minute"
}

export function DateField({ granularity = "day", value, onChange, ...field }: DateFieldProps) {
  const id = useId()
  return (
    <FieldFrame id={id} {...field}>
      <DatePicker
        aria-label={field.label}
        granularity={granularity}
        value={value}
        onChange={onChange}
        modal
      />
    </FieldFrame>
  )
}
