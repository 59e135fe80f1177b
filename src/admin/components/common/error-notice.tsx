import { Alert, Text } from "@medusajs/ui"

import { useHoldText } from "../../hooks/use-hold-text"
import { useT } from "../../hooks/use-t"
import { ApiError } from "../../lib/client"
import { figuresOf, holdReasonsOf } from "../../lib/figures"
import { Sentence } from "./sentence"

/** A refusal in the API's own words, with the figures that explain it. */
export function ErrorNotice({ error }: { error: Error }) {
  const t = useT()
  const holdText = useHoldText()
  const isOurs = error instanceof ApiError
  const sentence = isOurs ? t(`errors.${error.code}`, { defaultValue: error.message }) : error.message
  const figures = isOurs ? figuresOf(error.details) : []
  const reasons = isOurs ? holdReasonsOf(error.details).map(holdText) : []
  return (
    <Alert variant="error" role="alert">
      <Text size="small">
        <Sentence text={sentence} />
      </Text>
      {reasons.map(({ sentence: why }, index) => (
        <Text key={index} size="small" className="text-ui-fg-subtle mt-1">
          {why}
        </Text>
      ))}
      {figures.length > 0 && (
        <ul className="text-ui-fg-subtle txt-small mt-1 flex max-h-60 flex-col overflow-y-auto">
          {figures.map(({ name, value }, index) => (
            <li key={index}>
              {name ? `${t(`figures.${name}`, { defaultValue: name })}: ${value}` : value}
            </li>
          ))}
        </ul>
      )}
    </Alert>
  )
}
