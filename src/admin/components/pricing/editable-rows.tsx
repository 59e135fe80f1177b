import { ActionMenu, SectionRow } from "@medusajs/dashboard/components"
import { PencilSquare, Trash } from "@medusajs/icons"
import { Button, Text, usePrompt } from "@medusajs/ui"
import type { ReactNode } from "react"
import { Link } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"
import { Section } from "../detail/section"

interface EditableRowsProps<Row> {
  readonly title: string
  readonly empty: string
  readonly rows: readonly Row[] | undefined
  readonly error: Error | null
  /** Of the rows in the API; one is deleted under its id. */
  readonly path: string
  /** The dialog that adds one. */
  readonly add: string
  /** The dialog that changes one. */
  readonly edit: (row: Row) => string
  readonly value: (row: Row) => ReactNode
  /** What remains when one is removed, and what does not. */
  readonly removeText: string
}

/** A card of named rows, each of which can be changed, and removed after asking. */
export function EditableRows<Row extends { readonly id: string; readonly name: string }>(props: EditableRowsProps<Row>) {
  const { title, empty, rows, path, add, edit, value, removeText } = props
  const t = useT()
  const prompt = usePrompt()
  const { run, error } = useAction()
  const remove = async ({ id, name }: Row) => {
    const agreed = await prompt({
      title: t("actions.removeTitle", { name }),
      description: removeText,
      confirmText: t("actions.remove"),
      cancelText: t("actions.cancel"),
    })
    if (agreed) {
      run({ path: `${path}/${id}`, method: "DELETE" })
    }
  }
  return (
    <Section
      error={error ?? props.error}
      title={title}
      actions={
        <Button size="small" variant="secondary" asChild>
          <Link to={add}>{t("actions.add")}</Link>
        </Button>
      }
    >
      {rows?.length === 0 && (
        <Text size="small" className="text-ui-fg-subtle px-6 py-4">
          {empty}
        </Text>
      )}
      {rows?.map((row) => (
        <SectionRow
          key={row.id}
          title={row.name}
          value={value(row)}
          actions={
            <ActionMenu
              groups={[
                {
                  actions: [
                    { icon: <PencilSquare />, label: t("actions.edit"), to: edit(row) },
                    { icon: <Trash />, label: t("actions.remove"), onClick: () => void remove(row) },
                  ],
                },
              ]}
            />
          }
        />
      ))}
    </Section>
  )
}
