import { Prompt } from "@medusajs/ui"
import { useBlocker } from "react-router-dom"

import { useT } from "../../hooks/use-t"

/** Asks before a dialog is left with something typed into it; a sent dialog closes freely. */
export function UnsavedGuard({ dirty }: { dirty: boolean }) {
  const t = useT()
  const blocker = useBlocker(({ currentLocation, nextLocation }) => {
    const sent = (nextLocation.state as { isSubmitSuccessful?: boolean } | null)?.isSubmitSuccessful
    return dirty && !sent && currentLocation.pathname !== nextLocation.pathname
  })
  return (
    <Prompt open={blocker.state === "blocked"} variant="confirmation">
      <Prompt.Content>
        <Prompt.Header>
          <Prompt.Title>{t("unsaved.title")}</Prompt.Title>
          <Prompt.Description>{t("unsaved.text")}</Prompt.Description>
        </Prompt.Header>
        <Prompt.Footer>
          <Prompt.Cancel type="button" onClick={() => blocker.reset?.()}>
            {t("actions.cancel")}
          </Prompt.Cancel>
          <Prompt.Action type="button" onClick={() => blocker.proceed?.()}>
            {t("unsaved.leave")}
          </Prompt.Action>
        </Prompt.Footer>
      </Prompt.Content>
    </Prompt>
  )
}
