import { useMutation } from "@tanstack/react-query"

import { type ApiError, type ApiRequest, type DocumentFile, requestFile } from "../lib/client"
import { keepFile } from "../lib/keep-file"

type FileRequest = Pick<ApiRequest, "path" | "query">

/** Fetches a file and hands it to the browser to keep. */
export function useDownload() {
  const mutation = useMutation<DocumentFile, ApiError, FileRequest>({
    mutationFn: requestFile,
    onSuccess: keepFile,
  })
  return {
    run: mutation.mutate,
    /** The path of what is on its way. */
    pending: mutation.isPending ? mutation.variables.path : undefined,
    error: mutation.error,
  }
}
