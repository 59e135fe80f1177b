import { useMutation, useQueryClient } from "@tanstack/react-query"
import { useState } from "react"

import { paymentOfLine, type LinePurpose } from "../lib/bank-confirmation"
import { ApiError, request } from "../lib/client"
import { queryKeys } from "../lib/query-keys"
import type { BankLine } from "../lib/types/receivables"

/** What came of a line: its payment, or why there is none. */
export type LineOutcome = { readonly payment_id: string } | { readonly error: Error }

interface Confirmation {
  readonly line: BankLine
  readonly purpose: LinePurpose
}

/**
 * Confirms a bank's lines as payments, one after the other. A line that is refused holds up no other, and
 * confirming one again does nothing twice.
 */
export function useBankLines() {
  const queryClient = useQueryClient()
  const [outcomes, setOutcomes] = useState<Readonly<Record<string, LineOutcome>>>({})
  const mutation = useMutation<void, Error, readonly Confirmation[]>({
    mutationFn: async (confirmations) => {
      for (const confirmation of confirmations) {
        const outcome = await confirmed(confirmation)
        setOutcomes((before) => ({ ...before, [confirmation.line.bank_line_id]: outcome }))
      }
    },
    onSettled: () => queryClient.invalidateQueries({ queryKey: queryKeys.all }),
  })
  return {
    outcomes,
    confirm: mutation.mutate,
    isPending: mutation.isPending,
    forget: () => setOutcomes({}),
  }
}

async function confirmed({ line, purpose }: Confirmation): Promise<LineOutcome> {
  try {
    const { payment } = await request<{ payment: { id: string } }>({
      path: "payments",
      method: "POST",
      body: paymentOfLine(line, purpose),
    })
    return { payment_id: payment.id }
  } catch (error) {
    return { error: error instanceof Error ? error : new ApiError(0, "unreachable", String(error)) }
  }
}
