import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useRef } from "react"

import { ApiError, newIdempotencyKey, request, type ApiRequest } from "../lib/client"
import { queryKeys } from "../lib/query-keys"

type Call = Pick<ApiRequest, "path" | "method" | "body">

/**
 * A change through the API. Its `Idempotency-Key` is made when the dialog that holds this hook
 * opens, and stays for as long as nobody knows whether a request had an effect: sending again after
 * a lost answer does nothing twice. A refusal ends the attempt, so the next one gets a new key.
 * Whatever the plugin shows is read again afterwards.
 */
export function useAction<Answer>(
  options: { onDone?: (answer: Answer) => void; onRefused?: (error: ApiError) => void } = {}
) {
  const queryClient = useQueryClient()
  const key = useRef<string>()
  key.current ??= newIdempotencyKey()

  const mutation = useMutation<Answer, ApiError, Call>({
    mutationFn: (call) => request<Answer>({ method: "POST", ...call, idempotencyKey: key.current }),
    onSuccess: async (answer) => {
      key.current = newIdempotencyKey()
      await queryClient.invalidateQueries({ queryKey: queryKeys.all })
      options.onDone?.(answer)
    },
    onError: async (error) => {
      if (error.isDecided) {
        key.current = newIdempotencyKey()
      }
      options.onRefused?.(error)
      if (error.code === "not_allowed") {
        await queryClient.invalidateQueries({ queryKey: queryKeys.all })
      }
    },
  })
  return {
    run: mutation.mutate,
    isPending: mutation.isPending,
    error: mutation.error,
    reset: mutation.reset,
  }
}
