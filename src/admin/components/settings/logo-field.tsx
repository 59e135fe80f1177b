import { useMutation } from "@tanstack/react-query"
import { Button, Hint, Text } from "@medusajs/ui"
import { useId, useRef } from "react"

import { useT } from "../../hooks/use-t"
import { sdk } from "../../lib/client"
import { FieldFrame } from "../dialog/fields"

interface LogoFieldProps {
  /** Of the file in Medusa's file module. */
  readonly value: string | null
  readonly onChange: (fileId: string | null) => void
}

/** Uploads a picture to Medusa's file module and keeps its id. */
export function LogoField({ value, onChange }: LogoFieldProps) {
  const t = useT()
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const upload = useMutation<string, Error, File>({
    mutationFn: async (file) => (await sdk.admin.upload.create({ files: [file] })).files[0].id,
    onSuccess: onChange,
  })
  return (
    <FieldFrame id={id} name="logo_file_id" label={t("settings.logo")} hint={t("settings.logoHint")} optional>
      <div className="flex items-center gap-x-2">
        <input
          ref={input}
          id={id}
          type="file"
          accept="image/png,image/jpeg"
          className="sr-only"
          onChange={({ target }) => {
            const file = target.files?.[0]
            if (file) {
              upload.mutate(file)
            }
            // Chosen again, the same file would be no change.
            target.value = ""
          }}
        />
        <Button
          type="button"
          size="small"
          variant="secondary"
          isLoading={upload.isPending}
          onClick={() => input.current?.click()}
        >
          {t("settings.logoChoose")}
        </Button>
        {value && (
          <Button type="button" size="small" variant="transparent" onClick={() => onChange(null)}>
            {t("actions.remove")}
          </Button>
        )}
        <Text size="small" className="text-ui-fg-subtle">
          {t(value ? "settings.logoKept" : "settings.logoNone")}
        </Text>
      </div>
      {upload.error && <Hint variant="error">{upload.error.message}</Hint>}
    </FieldFrame>
  )
}
