import { ArrowDownTray } from "@medusajs/icons"
import { Button } from "@medusajs/ui"

import { useDownload } from "../../hooks/use-download"
import { useT } from "../../hooks/use-t"
import { ErrorNotice } from "../common/error-notice"

/** A file of a document, as the API has it. */
export interface FileOffer {
  readonly label: string
  readonly path: string
}

interface DownloadsProps {
  readonly files: readonly FileOffer[]
  /** The document they are of, for who does not see where the buttons stand. */
  readonly of?: string
  /** Without the room of a card around it. */
  readonly bare?: boolean
}

/** One button for each file; what keeps the document from being made is said below. */
export function Downloads({ files, of, bare = false }: DownloadsProps) {
  const t = useT()
  const { run, pending, error } = useDownload()
  return (
    <div className={bare ? "flex flex-col gap-y-2" : "flex flex-col gap-y-3 px-6 py-4"}>
      <div className="flex flex-wrap gap-2">
        {files.map(({ label, path }) => (
          <Button
            key={path}
            size="small"
            variant="secondary"
            isLoading={pending === path}
            disabled={pending !== undefined}
            aria-label={of && t("downloads.of", { file: label, number: of })}
            onClick={() => run({ path })}
          >
            <ArrowDownTray />
            {label}
          </Button>
        ))}
      </div>
      {error && <ErrorNotice error={error} />}
    </div>
  )
}
