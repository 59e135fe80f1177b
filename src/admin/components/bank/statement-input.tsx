import { Button, Text, Textarea } from "@medusajs/ui"
import { useId, useRef, useState } from "react"

import { useT } from "../../hooks/use-t"
import { FieldFrame } from "../dialog/fields"

interface StatementInputProps {
  readonly value: string
  readonly onChange: (csv: string) => void
}

/** A bank's file, chosen or pasted. Files that are no UTF-8 are read as Windows writes them. */
export function StatementInput({ value, onChange }: StatementInputProps) {
  const t = useT()
  const [fileId, textId] = [useId(), useId()]
  const input = useRef<HTMLInputElement>(null)
  const [filename, setFilename] = useState("")
  const take = async (file: File) => {
    setFilename(file.name)
    onChange(decoded(await file.arrayBuffer()))
  }
  return (
    <>
      <FieldFrame id={fileId} name="file" label={t("bank.file")}>
        <div className="flex items-center gap-x-3">
          <input
            ref={input}
            id={fileId}
            type="file"
            accept=".csv,.txt,text/csv,text/plain"
            className="sr-only"
            onChange={({ target }) => {
              const file = target.files?.[0]
              target.value = ""
              if (file) {
                void take(file)
              }
            }}
          />
          <Button type="button" size="small" variant="secondary" onClick={() => input.current?.click()}>
            {t("bank.choose")}
          </Button>
          <Text size="small" className="text-ui-fg-subtle truncate">
            {filename}
          </Text>
        </div>
      </FieldFrame>
      <FieldFrame id={textId} name="csv" label={t("bank.paste")}>
        <Textarea
          id={textId}
          rows={6}
          className="txt-compact-small font-mono"
          value={value}
          onChange={(event) => onChange(event.target.value)}
        />
      </FieldFrame>
    </>
  )
}

function decoded(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}
