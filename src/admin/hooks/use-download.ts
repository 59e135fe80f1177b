import { useMutation } from "@tanstack/react-query"

import { type ApiError, type ApiRequest, type DocumentFile, requestFile } from "../lib/client"

type FileRequest = Pick<ApiRequest, "path" | "query">

/** Fetches a file and hands it to the browser to keep. */
export function useDownload() {
  const mutation = useMutation<DocumentFile, ApiError, FileRequest>({
    mutationFn: requestFile,
    onSuccess: keep,
  })
  return {
    run: mutation.mutate,
    /** The path of what is on its way. */
    pending: mutation.isPending ? mutation.variables.path : undefined,
    error: mutation.error,
  }
}

function keep({ content, filename }: DocumentFile): void {
  const address = URL.createObjectURL(content)
  const link = document.createElement("a")
  link.href = address
  link.download = filename
  link.click()
  URL.revokeObjectURL(address)
}
