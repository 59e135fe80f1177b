import { KeyboundForm, RouteDrawer, RouteFocusModal, useRouteModal } from "@medusajs/dashboard/components"
import { Spinner } from "@medusajs/icons"
import { Button, Heading, Text, toast } from "@medusajs/ui"
import { useMemo, type FormEvent, type ReactNode } from "react"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"
import type { ApiError, ApiRequest } from "../../lib/client"
import { ErrorNotice } from "../common/error-notice"
import { FieldIssues, issuesOf } from "./field-issues"
import { UnsavedGuard } from "./unsaved-guard"

interface ActionDialogProps<Answer> {
  readonly title: string
  readonly description?: string
  /** `drawer` beside the page for a few fields, `full` over it for tables. */
  readonly size?: "drawer" | "full"
  readonly submitLabel: string
  readonly danger?: boolean
  /** Whether what was typed so far may be sent. */
  readonly ready?: boolean
  /** Whether something would be lost by closing. */
  readonly dirty?: boolean
  /** Said while the answer is awaited, where that takes long enough to wonder. */
  readonly waiting?: string
  readonly call: () => Pick<ApiRequest, "path" | "method" | "body">
  /** Where to go afterwards; left out, back to the page below. */
  readonly next?: (answer: Answer) => string | undefined
  /** A refusal that asks for one more answer in the dialog. */
  readonly onRefused?: (error: ApiError) => void
  readonly children?: ReactNode
}

/** A dialog with an address of its own that sends one change and closes when it was taken. */
export function ActionDialog<Answer>(props: ActionDialogProps<Answer>) {
  return props.size === "full" ? (
    <RouteFocusModal>
      <FullBody {...props} />
    </RouteFocusModal>
  ) : (
    <RouteDrawer>
      <DrawerBody {...props} />
    </RouteDrawer>
  )
}

function DrawerBody<Answer>(props: ActionDialogProps<Answer>) {
  const { submit, footer, error, isPending } = useDialog(props, RouteDrawer.Close)
  return (
    <KeyboundForm onSubmit={submit} className="flex flex-1 flex-col overflow-hidden">
      <RouteDrawer.Header>
        <RouteDrawer.Title asChild>
          <Heading>{props.title}</Heading>
        </RouteDrawer.Title>
        {props.description && (
          <Text size="small" className="text-ui-fg-subtle">
            {props.description}
          </Text>
        )}
      </RouteDrawer.Header>
      <RouteDrawer.Body className="flex flex-1 flex-col gap-y-4 overflow-y-auto">
        {error && <ErrorNotice error={error} />}
        <FieldIssues.Provider value={useMemo(() => issuesOf(error), [error])}>
          {props.children}
        </FieldIssues.Provider>
        {isPending && props.waiting && <Waiting text={props.waiting} />}
      </RouteDrawer.Body>
      <RouteDrawer.Footer>{footer}</RouteDrawer.Footer>
    </KeyboundForm>
  )
}

function FullBody<Answer>(props: ActionDialogProps<Answer>) {
  const { submit, footer, error, isPending } = useDialog(props, RouteFocusModal.Close)
  return (
    <KeyboundForm onSubmit={submit} className="flex h-full flex-col overflow-hidden">
      <RouteFocusModal.Header />
      <RouteFocusModal.Body className="flex flex-1 items-start justify-center overflow-y-auto py-10">
        <div className="flex w-full max-w-[1000px] flex-col gap-y-6 px-6">
          <div>
            <RouteFocusModal.Title asChild>
              <Heading>{props.title}</Heading>
            </RouteFocusModal.Title>
            {props.description && (
              <Text size="small" className="text-ui-fg-subtle">
                {props.description}
              </Text>
            )}
          </div>
          {error && <ErrorNotice error={error} />}
          <FieldIssues.Provider value={useMemo(() => issuesOf(error), [error])}>
            {props.children}
          </FieldIssues.Provider>
          {isPending && props.waiting && <Waiting text={props.waiting} />}
        </div>
      </RouteFocusModal.Body>
      <RouteFocusModal.Footer>{footer}</RouteFocusModal.Footer>
    </KeyboundForm>
  )
}

type CloseButton = typeof RouteDrawer.Close | typeof RouteFocusModal.Close

function useDialog<Answer>(props: ActionDialogProps<Answer>, Close: CloseButton) {
  const { submitLabel, danger, ready = true, dirty = false, call, next, onRefused } = props
  const t = useT()
  const { handleSuccess } = useRouteModal()
  const { run, isPending, error } = useAction<Answer>({
    onDone: (answer) => {
      toast.success(t("actions.done"))
      handleSuccess(next?.(answer))
    },
    onRefused,
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (ready && !isPending) {
      run(call())
    }
  }
  const footer = (
    <div className="flex items-center justify-end gap-x-2">
      <UnsavedGuard dirty={dirty} />
      <Close asChild>
        <Button size="small" variant="secondary" type="button">
          {t("actions.cancel")}
        </Button>
      </Close>
      <Button
        size="small"
        type="submit"
        variant={danger ? "danger" : "primary"}
        isLoading={isPending}
        disabled={!ready}
      >
        {submitLabel}
      </Button>
    </div>
  )
  return { submit, footer, error, isPending }
}

function Waiting({ text }: { text: string }) {
  return (
    <div role="status" className="text-ui-fg-subtle flex items-start gap-x-2">
      <Spinner className="mt-0.5 shrink-0 animate-spin" />
      <Text size="small">{text}</Text>
    </div>
  )
}
