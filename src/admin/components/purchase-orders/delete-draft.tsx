import { Button, toast, usePrompt } from "@medusajs/ui"
import { useNavigate } from "react-router-dom"

import { useAction } from "../../hooks/use-action"
import { useT } from "../../hooks/use-t"

/** Throws a draft away, after asking. */
export function DeleteDraft({ id }: { id: string }) {
  const t = useT()
  const prompt = usePrompt()
  const navigate = useNavigate()
  const { run, isPending } = useAction({
    onDone: () => {
      toast.success(t("actions.done"))
      void navigate("/wholesale/purchase-orders")
    },
  })
  const ask = async () => {
    const agreed = await prompt({
      title: t("purchaseOrders.delete"),
      description: t("purchaseOrders.deleteText"),
      confirmText: t("purchaseOrders.delete"),
      cancelText: t("actions.cancel"),
    })
    if (agreed) {
      run({ path: `purchase-orders/${id}`, method: "DELETE" })
    }
  }
  return (
    <Button size="small" variant="transparent" disabled={isPending} onClick={ask}>
      {t("purchaseOrders.delete")}
    </Button>
  )
}
