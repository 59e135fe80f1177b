import { useDay } from "../../hooks/use-formats"
import { useT } from "../../hooks/use-t"
import type { Order } from "../../lib/types/orders"
import { Truncated } from "../common/truncated"
import { Downloads } from "../detail/downloads"
import { LineTable } from "../detail/line-table"
import { Section } from "../detail/section"

export function Shipments({ order }: { order: Order }) {
  const t = useT()
  const day = useDay()
  if (!order.shipments?.length) {
    return null
  }
  return (
    <Section title={t("shipments.title")}>
      <LineTable
        lines={order.shipments}
        lineKey={({ id }) => id}
        columns={[
          { header: t("fields.number"), cell: ({ sequence }) => sequence },
          { header: t("fields.carrier"), cell: ({ carrier }) => <Truncated text={carrier} /> },
          {
            header: t("fields.tracking"),
            cell: ({ tracking_numbers }) => <Truncated text={tracking_numbers.join(", ")} />,
          },
          {
            header: t("fields.quantity"),
            align: "right",
            cell: ({ lines }) => lines.reduce((sum, { quantity }) => sum + quantity, 0),
          },
          { header: t("fields.shippedAt"), cell: ({ shipped_at }) => day(shipped_at, true) },
          { header: t("fields.deliveredAt"), cell: ({ delivered_at }) => day(delivered_at, true) },
          {
            header: t("fields.document"),
            cell: ({ sequence }) => (
              <Downloads
                bare
                of={String(sequence)}
                files={[
                  {
                    label: t("downloads.packingSlip"),
                    path: `orders/${order.id}/shipments/${sequence}/packing-slip`,
                  },
                ]}
              />
            ),
          },
        ]}
      />
    </Section>
  )
}
