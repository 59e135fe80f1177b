import { Button } from "@medusajs/ui"
import { Link } from "react-router-dom"

import { useT } from "../../hooks/use-t"
import { lyingAllocations, type CreditSource } from "../../lib/credit-source"

interface SourceButtonsProps {
  readonly source: CreditSource
  readonly canVoid?: boolean
}

/** What can be done with a payment or credit note now. */
export function SourceButtons({ source, canVoid = false }: SourceButtonsProps) {
  const t = useT()
  const isFree = source.unapplied > 0
  const offers = [
    ...(isFree ? [{ to: "allocate", label: t("allocating.submit") }] : []),
    ...(lyingAllocations(source).length > 0 ? [{ to: "unallocate", label: t("unallocating.submit") }] : []),
    ...(isFree ? [{ to: "refund", label: t("refunding.submit") }] : []),
    ...(canVoid ? [{ to: "void", label: t("events.void") }] : []),
  ]
  return offers.length === 0 ? null : (
    <div className="flex flex-wrap gap-2 px-6 py-4">
      {offers.map(({ to, label }, index) => (
        <Button key={to} size="small" variant={isFree && index === 0 ? "primary" : "secondary"} asChild>
          <Link to={to}>{label}</Link>
        </Button>
      ))}
    </div>
  )
}
